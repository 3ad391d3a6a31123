// Secrets: what must not compile does not compile, and what is compared is compared whole.
#include "secrets/secret.hpp"

#include <gtest/gtest.h>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <concepts>
#include <ostream>
#include <type_traits>
#include <utility>

namespace resmon {
namespace {

template <class Value>
concept printable = requires(std::ostream& out, const Value& value) { out << value; };

static_assert(printable<std::string>, "the concept itself can tell");
static_assert(!printable<Secret>);
static_assert(fmt::is_formattable<std::string>::value);
static_assert(!fmt::is_formattable<Secret>::value);
static_assert(!std::convertible_to<Secret, std::string>);
static_assert(!std::convertible_to<Secret, std::string_view>);
static_assert(!std::convertible_to<std::string, Secret>, "a secret is made on purpose");
static_assert(!std::is_constructible_v<std::string, Secret>);

TEST(Secret, GivesItsTextOnlyByName) { EXPECT_EQ(Secret{"Geheimnis"}.revealed(), "Geheimnis"); }

TEST(Secret, IsEqualOnlyToTheSameText) {
    EXPECT_EQ(Secret{"Rathaus"}, Secret{"Rathaus"});
    EXPECT_FALSE(Secret{"Rathaus"} == Secret{"Rathauz"});
    EXPECT_FALSE(Secret{"Rathaus"} == Secret{"Rathaus "});
    EXPECT_FALSE(Secret{"Rathaus"} == Secret{});
    EXPECT_EQ(Secret{}, Secret{});
}

TEST(Secret, LeavesNothingWhereItWasMovedFrom) {
    for (const auto& text : {std::string{"kurz"}, std::string(100, 'x')}) {
        Secret first{std::string{text}};
        const Secret second{std::move(first)};
        EXPECT_TRUE(first.empty());  // NOLINT(bugprone-use-after-move): that is what is tested
        EXPECT_EQ(second.revealed(), text);
    }
}

TEST(Secret, CanBeReplaced) {
    Secret secret{"erstes"};
    const Secret other{"ein anderes, das länger ist als jeder innere Puffer"};
    secret = other;
    EXPECT_EQ(secret, other);
    secret = Secret{"drittes"};
    EXPECT_EQ(secret.revealed(), "drittes");
}

TEST(Secret, ClearsTheTextThatItWasMadeFrom) {
    std::string text{"kurz"};
    const char* place = text.data();
    const Secret secret{std::move(text)};
    // A short string lies inside its object, which still exists.
    EXPECT_EQ(std::string(place, 4), std::string(4, '\0'));
    EXPECT_EQ(secret.revealed(), "kurz");
}

}  // namespace
}  // namespace resmon
