// Several processes that compute together, started by mpirun. Open MPI is in a module of its own that is loaded only
// then.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace resmon::ranks {

/// This process among those that compute together; alone if nobody started several.
class Ranks {
public:
    /// Joins the others if mpirun started this process. Throws Unavailable if the module is missing.
    Ranks();
    /// Ends the others too if this process ends by an exception.
    ~Ranks();
    Ranks(const Ranks&) = delete;
    Ranks& operator=(const Ranks&) = delete;

    [[nodiscard]] int rank() const noexcept { return rank_; }
    [[nodiscard]] int size() const noexcept { return size_; }
    /// The one that collects, shows and keeps.
    [[nodiscard]] bool is_first() const noexcept { return rank_ == 0; }

    void meet() const;  ///< waits until all have come here
    void send_to_first(std::string_view bytes) const;
    [[nodiscard]] std::string received_from(int rank) const;  ///< by the first
    /// What the first says, which the others take over; as many bytes on all ranks.
    [[nodiscard]] std::string told_by_first(std::string bytes) const;

private:
    struct Module;
    std::unique_ptr<Module> module_;  ///< none: alone
    int rank_ = 0;
    int size_ = 1;
    int exceptions_ = 0;
};

}  // namespace resmon::ranks
