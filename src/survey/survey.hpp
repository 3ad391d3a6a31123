// The desk of the survey: responses are begun, answered by several people at once, finished, opened again.
#pragma once

#include "accounts/audit_trail.hpp"
#include "base/instant.hpp"
#include "catalogue/catalogue.hpp"
#include "links/shared_transaction.hpp"
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

/// Whom a body is asked as: an independent city is both. A body that is unknown is asked as a municipality.
[[nodiscard]] BodyLevels levels_of(const catalogue::Body* body);

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
    std::vector<std::int64_t> seen;  ///< numbers of the entries that held when the author wrote it
    Source source = Source::typed;
};

/// A saved entry, and the sheet it left behind.
struct Saved {
    Entry entry;
    std::set<QuestionId> asked_before;
    Sheet sheet;
};

/// Entries saved together, in the order of the wishes, and the sheet they left behind.
struct SavedAll {
    std::vector<Entry> entries;
    std::set<QuestionId> asked_before;
    Sheet sheet;
};

/// A link for a colleague without account.
struct LinkWish {
    std::string label;             ///< for whom, in free words
    std::set<std::string> topics;  ///< empty = all
    int days = links::usual_days;
    bool may_finish = false;
};

/// A link as those see it who may give one.
struct GivenLink {
    links::Link link;
    std::string made_by_name;
    bool holds = false;
};

class Survey {
public:
    /// All of them must outlive the desk.
    Survey(storage::Database& database, accounts::AuditTrail& audit, const storage::Sealing& sealing,
           const catalogue::Catalogue& catalogue, const catalogue::CatalogueFiles& files, Clock clock)
        : database_{database}, audit_{audit}, sealing_{sealing}, catalogue_{catalogue}, files_{files},
          clock_{std::move(clock)} {}

    [[nodiscard]] const catalogue::Catalogue& catalogue() const noexcept { return catalogue_; }

    /// Newest first, as far as the person may see them. `action` is what they are looked at for.
    [[nodiscard]] std::vector<Sheet> list(const Principal& who, Action action = Action::read_responses);
    /// Throws Conflict if the organisation has an unfinished response for the body, InputError or NotFound for what
    /// does not exist.
    [[nodiscard]] Sheet begin(const Principal& who, const BeginWish& wish);
    /// As far as the person may see it, see `shown`. `action` is what it is opened for; a reader of another
    /// organisation is noted. Throws NotFound.
    [[nodiscard]] Sheet opened(const Principal& who, const ResponseId& id, Action action = Action::read_responses);
    /// As `opened`, for what makes sense of all topics together alone. Throws Forbidden if the person sees a part of
    /// them, or holds a link that does not finish.
    [[nodiscard]] Sheet whole(const Principal& who, const ResponseId& id, Action action = Action::read_responses);
    /// Of the same body and organisation, or of the body under an earlier key (catalogue/successors.yaml), begun before
    /// it and finished, oldest first, as far as the person may see them.
    [[nodiscard]] std::vector<Sheet> finished_before(const Principal& who, const Response& response, Action action);
    /// Keeps the entry; sent again it changes nothing. Throws InputError if it does not fit the question, Conflict if
    /// the response is finished or the id was used for another answer.
    [[nodiscard]] Saved save(const Principal& who, const ResponseId& id, const SaveWish& wish);
    /// All of them or, if `save` would refuse one, none.
    [[nodiscard]] SavedAll save_all(const Principal& who, const ResponseId& id, const std::vector<SaveWish>& wishes);

    /// Makes answers of what an earlier response offers: each an entry of the person, with source `carried`. Those that
    /// were confirmed before stay as they are. Throws NotFound for a question without an offer that fits, Conflict if
    /// it is finished; then none is confirmed.
    [[nodiscard]] Sheet confirm(const Principal& who, const ResponseId& id, const std::set<QuestionId>& questions);

    /// Throws Conflict while entries contradict each other, or if it is finished.
    [[nodiscard]] Receipt finish(const Principal& who, const ResponseId& id);
    /// Throws NotFound before it was finished.
    [[nodiscard]] Receipt receipt(const Principal& who, const ResponseId& id);
    /// Newest first.
    [[nodiscard]] std::vector<GivenLink> given_links(const Principal& who, const ResponseId& id);
    /// Throws InputError for a topic that is none, or if a part shall be finished; Conflict if it is finished.
    [[nodiscard]] links::NewLink give_link(const Principal& who, const ResponseId& id, const LinkWish& wish);
    /// Its holder is out at once; what came by it stays. Throws NotFound if there is none that holds.
    void withdraw_link(const Principal& who, const ResponseId& id, const links::LinkId& link);

    /// Those of the organisation to whom a topic can be assigned, ordered by name.
    [[nodiscard]] std::vector<accounts::Person> colleagues(const Principal& who, const ResponseId& id);
    /// A topic is assigned to one person; an empty one takes it back. Contributors see what is assigned to them, for
    /// others it says who sees to it. Throws InputError for somebody who may not answer, NotFound for no topic.
    void assign(const Principal& who, const ResponseId& id, const std::string& topic, const PersonId& person);

    void reopen(const Principal& who, const ResponseId& id, const std::string& reason);
    void remove(const Principal& who, const ResponseId& id);

private:
    /// A response, and what of it somebody may do something with.
    struct Found {
        Response response;
        Part part;
    };
    [[nodiscard]] Found found(soci::session& sql, const Principal& who, const ResponseId& id, Action action) const;
    /// Throws Forbidden for a part.
    [[nodiscard]] Response found_whole(soci::session& sql, const Principal& who, const ResponseId& id,
                                       Action action) const;
    /// By role, assignment or link.
    [[nodiscard]] Part part_of(soci::session& sql, const Principal& who, const Response& response, Action action) const;
    /// Everything, whoever asks: what leaves the desk goes through `shown`.
    [[nodiscard]] Sheet full_sheet(soci::session& sql, const Principal& who, Response response);
    void add_offers(soci::session& sql, Sheet& sheet);
    /// Under which the body stood until the response began (catalogue/successors.yaml), its own first.
    [[nodiscard]] std::vector<BodyKey> keys_of(const Response& response) const;
    /// The finished response whose answers are offered; empty if there is none.
    [[nodiscard]] ResponseId carried_from(soci::session& sql, const Principal& who, const Response& response);
    [[nodiscard]] std::shared_ptr<const catalogue::Questionnaire> questionnaire_of(soci::session& sql,
                                                                                   const Response& response);
    /// `sheet` is all of it; `part` what the person may answer.
    Entry keep(soci::session& sql, const Principal& who, Sheet& sheet, const Part& part, const SaveWish& wish);
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
