// The desk of the survey: responses are begun, answered by several people at once, finished, opened again.
#pragma once

#include "accounts/audit_trail.hpp"
#include "base/instant.hpp"
#include "catalogue/catalogue.hpp"
#include "reading/catalogue_reader.hpp"
#include "storage/sealing.hpp"
#include "survey/response.hpp"
#include "survey/sheet.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace resmon::survey {

/// What is asked and what was answered, as one moment had it.
struct Sheet {
    Response response;
    std::shared_ptr<const catalogue::Questionnaire> questionnaire;
    std::string body_name;
    BodyLevels levels;
    std::set<QuestionId> asked;
    Entries entries;
    std::map<PersonId, std::string> names;  ///< of the authors of the entries
    bool may_answer = false;
    bool may_finish = false;
};

struct BeginWish {
    QuestionnaireId questionnaire;
    std::string body;                            ///< a key that means one body
    std::optional<OrganisationId> organisation;  ///< none = the person's
};

/// An answer on its way in.
struct SaveWish {
    QuestionId question;
    std::string id;  ///< made by the author's device
    Answer answer;
    std::vector<std::int64_t> seen;  ///< numbers of the entries that the author saw as current
};

/// A saved entry, and the sheet it left behind.
struct Saved {
    Entry entry;
    std::set<QuestionId> asked_before;
    Sheet sheet;
};

class Survey {
public:
    /// All of them must outlive the desk.
    Survey(storage::Database& database, accounts::AuditTrail& audit, const storage::Sealing& sealing,
           const catalogue::Catalogue& catalogue, const catalogue::CatalogueFiles& files, Clock clock)
        : database_{database}, audit_{audit}, sealing_{sealing}, catalogue_{catalogue}, files_{files},
          clock_{std::move(clock)} {}

    [[nodiscard]] const catalogue::Catalogue& catalogue() const noexcept { return catalogue_; }

    /// Newest first, as far as the person may see them.
    [[nodiscard]] std::vector<Sheet> list(const Principal& who);
    /// Throws Conflict if the organisation has an unfinished response for the body, InputError or NotFound for what
    /// does not exist.
    [[nodiscard]] Sheet begin(const Principal& who, const BeginWish& wish);
    /// `action` is what it is opened for; a reader of another organisation is noted. Throws NotFound.
    [[nodiscard]] Sheet opened(const Principal& who, const ResponseId& id, Action action = Action::read_responses);
    /// Of the same body and organisation, begun before it and finished, oldest first, as far as the person may see them.
    [[nodiscard]] std::vector<Sheet> finished_before(const Principal& who, const Response& response, Action action);
    /// Keeps the entry; sent again it changes nothing. Throws InputError if it does not fit the question, Conflict if
    /// the response is finished or the id was used for another answer.
    [[nodiscard]] Saved save(const Principal& who, const ResponseId& id, const SaveWish& wish);

    /// Throws Conflict while entries contradict each other, or if it is finished.
    [[nodiscard]] Receipt finish(const Principal& who, const ResponseId& id);
    /// Throws NotFound before it was finished.
    [[nodiscard]] Receipt receipt(const Principal& who, const ResponseId& id);
    void reopen(const Principal& who, const ResponseId& id, const std::string& reason);
    void remove(const Principal& who, const ResponseId& id);

private:
    [[nodiscard]] Response found(soci::session& sql, const Principal& who, const ResponseId& id, Action action) const;
    [[nodiscard]] Sheet sheet_of(soci::session& sql, const Principal& who, Response response);
    [[nodiscard]] std::shared_ptr<const catalogue::Questionnaire> questionnaire_of(soci::session& sql,
                                                                                   const Response& response);
    void append(soci::session& sql, const Principal& who, const char* action, const Response& response,
                std::string detail = {});
    /// Before what was read leaves.
    void note_reading(const Principal& who, const Response& response, Action action, std::string what = {});
    [[nodiscard]] std::string now() const { return utc_text(clock_()); }

    storage::Database& database_;
    accounts::AuditTrail& audit_;
    const storage::Sealing& sealing_;
    const catalogue::Catalogue& catalogue_;
    const catalogue::CatalogueFiles& files_;
    Clock clock_;

    std::mutex mutex_;                                                             ///< guards the next
    std::map<std::string, std::shared_ptr<const catalogue::Questionnaire>> kept_;  ///< by hash
};

}  // namespace resmon::survey
