// Requests against the API's description: api/ is the only place where a request's shape is written.
#pragma once

#include "http/routes.hpp"
#include "schema/check.hpp"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace resmon::http {

class OpenApi {
public:
    /// Reads the shipped descriptions.
    OpenApi();

    /// Checks path, query, header parameters and the body. Throws InputError with a JSON pointer per fault.
    void check(const Request& request, const Route& route) const;

    /// The description itself, for /api/v1/openapi.json.
    [[nodiscard]] const std::string& text() const noexcept { return text_; }

private:
    struct Parameter {
        std::string name;
        std::string in;
        bool is_required = false;
        bool is_number = false;
        schema::Schema schema;
    };
    struct Operation {
        std::vector<Parameter> parameters;
        std::unique_ptr<schema::Schema> body;
    };

    std::string text_;
    std::map<std::string, Operation> operations_;  ///< `GET /api/v1/bodies`
};

}  // namespace resmon::http
