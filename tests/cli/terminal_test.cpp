// Tables line up for people who write umlauts, and output arrives whole.
#include "cli/terminal.hpp"

#include "base/error.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

namespace resmon::cli {
namespace {

TEST(TextTable, LinesUpByCharactersNotByBytes) {
    EXPECT_EQ(text_table({{"Ämter", Align::left}, {"Tag", Align::right}}, {{"Führerschein", "220"}, {"Kfz", "7"}}),
              "Ämter         Tag\n"
              "Führerschein  220\n"
              "Kfz             7\n");
}

TEST(TextTable, WithoutHeadingsBeginsWithItsFirstRow) {
    EXPECT_EQ(text_table({{""}, {""}}, {{"ok", "fine"}}), "ok  fine\n");
}

TEST(Output, ToAFileReplacesItWhole) {
    const std::filesystem::path folder =
        std::filesystem::path{testing::TempDir()} / ("resmon_output_test_" + std::to_string(getpid()));
    std::filesystem::create_directories(folder);
    Options options;
    options.output = folder / "result.json";
    write_output(options, "first, much longer\n");
    write_output(options, "second\n");
    std::ostringstream content;
    content << std::ifstream{*options.output}.rdbuf();
    EXPECT_EQ(content.str(), "second\n");
    EXPECT_FALSE(std::filesystem::exists(folder / "result.json.part"));
    std::filesystem::remove_all(folder);
}

TEST(Output, ThatCannotBeWrittenSaysWhichFile) {
    Options options;
    options.output = "/nonexistent-folder/result.json";
    EXPECT_THAT(
        [&] { write_output(options, "x"); },
        testing::ThrowsMessage<InputError>("/nonexistent-folder/result.json: must be a file that can be written"));
}

TEST(Output, NeverTakesThePlaceOfADevice) {
    const std::filesystem::path pipe =
        std::filesystem::path{testing::TempDir()} / ("resmon_pipe_" + std::to_string(getpid()));
    std::filesystem::remove(pipe);
    ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
    std::string received;
    {
        std::jthread reader{[&] { std::getline(std::ifstream{pipe}, received); }};
        Options options;
        options.output = pipe;
        write_output(options, "whole\n");
    }
    EXPECT_EQ(received, "whole");
    EXPECT_TRUE(std::filesystem::is_fifo(pipe));
    std::filesystem::remove(pipe);
}

}  // namespace
}  // namespace resmon::cli
