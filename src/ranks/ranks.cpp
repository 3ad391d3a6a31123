#include "ranks/ranks.hpp"

#include "base/error.hpp"

#include <dlfcn.h>

#include <cstdlib>
#include <exception>
#include <filesystem>

namespace resmon::ranks {

namespace {

/// Set by Open MPI's mpirun, by PMIx and by Slurm's srun with PMI.
bool was_started_with_others() {
    for (const char* name : {"OMPI_COMM_WORLD_SIZE", "PMIX_RANK", "PMI_SIZE"})
        if (std::getenv(name) != nullptr) return true;
    return false;
}

std::filesystem::path module_path() {
    std::error_code fault;
    const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", fault);
    return program.parent_path() / "resmon_mpi.so";
}

}  // namespace

/// The functions of modules/mpi.cpp.
struct Ranks::Module {
    Module() {
        const std::filesystem::path path = module_path();
        handle = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
        if (handle == nullptr)
            throw Unavailable{worded("fault.unavailable.mpi-missing", {{"file", path.string()}, {"why", dlerror()}})};
        find("resmon_mpi_join", join);
        find("resmon_mpi_meet", meet);
        find("resmon_mpi_send", send);
        find("resmon_mpi_size_from", size_from);
        find("resmon_mpi_receive", receive);
        find("resmon_mpi_tell", tell);
        find("resmon_mpi_leave", leave);
        find("resmon_mpi_abort", abort);
    }

    template <class Function>
    void find(const char* name, Function*& function) {
        function = reinterpret_cast<Function*>(dlsym(handle, name));
        if (function == nullptr) throw Unavailable{worded("fault.unavailable.mpi-old", {{"name", name}})};
    }

    void* handle = nullptr;  // stays loaded: Open MPI ends with the process
    void (*join)(int*, int*) = nullptr;
    void (*meet)() = nullptr;
    void (*send)(const char*, std::uint64_t) = nullptr;
    std::uint64_t (*size_from)(int) = nullptr;
    void (*receive)(int, char*, std::uint64_t) = nullptr;
    void (*tell)(char*, std::uint64_t) = nullptr;
    void (*leave)() = nullptr;
    void (*abort)(int) = nullptr;
};

Ranks::Ranks() : exceptions_{std::uncaught_exceptions()} {
    if (!was_started_with_others()) return;
    module_ = std::make_unique<Module>();
    module_->join(&rank_, &size_);
}

Ranks::~Ranks() {
    if (!module_) return;
    if (std::uncaught_exceptions() > exceptions_)
        module_->abort(1);
    else
        module_->leave();
}

void Ranks::meet() const {
    if (module_) module_->meet();
}

void Ranks::send_to_first(std::string_view bytes) const {
    if (module_) module_->send(bytes.data(), bytes.size());
}

std::string Ranks::received_from(int rank) const {
    std::string bytes(module_ ? module_->size_from(rank) : 0, '\0');
    if (module_) module_->receive(rank, bytes.data(), bytes.size());
    return bytes;
}

std::string Ranks::told_by_first(std::string bytes) const {
    if (module_) module_->tell(bytes.data(), bytes.size());
    return bytes;
}

}  // namespace resmon::ranks
