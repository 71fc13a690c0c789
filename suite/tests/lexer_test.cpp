// SPDX-License-Identifier: Apache-2.0
#include "suite/text/lexer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace weft::text {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Pair;

std::vector<std::pair<TokenKind, std::string>> tokens(std::string_view source) {
  std::vector<std::pair<TokenKind, std::string>> all;
  Lexer lexer(source);
  for (Token token = lexer.next(); token.kind != TokenKind::end; token = lexer.next())
    all.emplace_back(token.kind, token.text);
  return all;
}

TokenKind kind_of(std::string_view text) {
  const auto all = tokens(text);
  EXPECT_EQ(all.size(), 1U) << text;
  return all.empty() ? TokenKind::end : all[0].first;
}

/// "line:column message" of what the lexer throws, or "" when it accepts the source.
std::string error_of(std::string_view source) {
  try {
    tokens(source);
  } catch (const SyntaxError& error) {
    return to_string(error.position) + " " + error.message;
  }
  return "";
}

std::string value_of(std::string_view source) { return string_value(Lexer(source).next()); }

TEST(Lexer, SeparatesTokensAtSpaceParenthesesAndComments) {
  EXPECT_THAT(tokens("(func$f(nop);;c\n(;;)$x\t0)"),
              ElementsAre(Pair(TokenKind::lpar, "("), Pair(TokenKind::keyword, "func$f"), Pair(TokenKind::lpar, "("),
                          Pair(TokenKind::keyword, "nop"), Pair(TokenKind::rpar, ")"), Pair(TokenKind::id, "$x"),
                          Pair(TokenKind::nat, "0"), Pair(TokenKind::rpar, ")")));
}

TEST(Lexer, GluedTokensAreReserved) {
  for (const auto* text : {"0drop", "\"a\"\"b\"", "data\"a\"", "$l\"a\"", "\"a\"x", "0$l", "$\"a\"b", "@x",
                           "0x",    "1__0",       "_1",        "1_",      ".5",     "1e",  "0x1p",    "0x1pA",
                           "+",     "-_1",        "+nan:0x",   "0x1_.0",  "1._0",   ",",   "[",       "}"}) {
    EXPECT_EQ(kind_of(text), TokenKind::reserved) << text;
  }
}

TEST(Lexer, TellsNumbersApart) {
  for (const auto* text : {"0", "007", "1_000", "0xFf_0"}) EXPECT_EQ(kind_of(text), TokenKind::nat) << text;
  for (const auto* text : {"+0", "-1_0", "-0xa"}) EXPECT_EQ(kind_of(text), TokenKind::integer) << text;
  for (const auto* text :
       {"0.", "1.5", "-1e3", "1E+3", "0x1.8p-3", "0x1.", "+0x1P1_0", "inf", "-inf", "nan", "nan:0x1_f", "-nan:0x1"}) {
    EXPECT_EQ(kind_of(text), TokenKind::real) << text;
  }
  for (const auto* text : {"nan:canonical", "nan:1", "info", "offset=4"})
    EXPECT_EQ(kind_of(text), TokenKind::keyword) << text;
}

TEST(Lexer, PositionsCountLinesOfEveryKindAndBytes) {
  Lexer lexer("a\n b\r\nc\rd (; \n é ;) e");
  for (const auto& [line, column] : {std::pair{1U, 1U}, {2U, 2U}, {3U, 1U}, {4U, 1U}, {5U, 8U}}) {
    const Token token = lexer.next();
    EXPECT_EQ(token.position.line, line) << token.text;
    EXPECT_EQ(token.position.column, column) << token.text;
  }
}

TEST(Lexer, CommentsNestAndAnnotationsAreSkipped) {
  EXPECT_THAT(tokens("(;a(;b;)\"c;)x(@names \"a)\" (b) ;; )\n (; ) ;))y"),
              ElementsAre(Pair(TokenKind::keyword, "x"), Pair(TokenKind::keyword, "y")));
  EXPECT_EQ(error_of("x\n (;(;;)"), "2:2 unclosed comment");
  EXPECT_EQ(error_of(" (@a (b)"), "1:2 unclosed annotation");
  EXPECT_EQ(error_of("(@a \"b"), "1:5 unclosed string");
}

TEST(Lexer, AKnownAnnotationIsOneToken) {
  EXPECT_THAT(
      tokens("x(@name \"a)\" (b) ;; )\n (; ) ;))y(@\"custom\"(@a))(@custom\"\")(@metadata.code.branch_hint)(@Name)"),
      ElementsAre(Pair(TokenKind::keyword, "x"), Pair(TokenKind::annotation, "(@name \"a)\" (b) ;; )\n (; ) ;))"),
                  Pair(TokenKind::keyword, "y"), Pair(TokenKind::annotation, "(@\"custom\"(@a))"),
                  Pair(TokenKind::annotation, "(@custom\"\")"),
                  Pair(TokenKind::annotation, "(@metadata.code.branch_hint)")));
  EXPECT_EQ(error_of(" (@name (b)"), "1:2 unclosed annotation");
}

TEST(Lexer, AnnotationsHaveAnIdAndTokens) {
  EXPECT_THAT(tokens("(@@)(@0 (5-g)x(x (y)) ,;[]{} )x(@\" a\" \"\\\"\" (@) (@ (@)))y"),
              ElementsAre(Pair(TokenKind::keyword, "x"), Pair(TokenKind::keyword, "y")));
  EXPECT_EQ(error_of(" (@)"), "1:2 empty annotation id");
  EXPECT_EQ(error_of("(@ a)"), "1:1 empty annotation id");
  EXPECT_EQ(error_of("(@\"\")"), "1:1 empty annotation id");
  EXPECT_EQ(error_of("(@\"\n\")"), "1:1 empty annotation id");
  EXPECT_EQ(error_of("(@\"\\ef\")"), "1:3 malformed UTF-8 encoding");
  EXPECT_EQ(error_of("(@a \"\\zz\")"), "1:6 illegal escape '\\z'");
  EXPECT_EQ(error_of("(@a \x01)"), "1:5 illegal character 0x01");
  EXPECT_EQ(error_of("(@a\n é)"), "2:2 illegal character 0xc3");
}

TEST(Lexer, AnIdentifierIsNotEmpty) {
  EXPECT_EQ(error_of("x $ y"), "1:3 empty identifier");
  EXPECT_EQ(error_of("$(@a)f"), "1:1 empty identifier");
  EXPECT_EQ(error_of("$\"a\nb\""), "1:1 empty identifier");
}

TEST(Lexer, DeepCommentsCostNoStack) {
  std::string source;
  for (int i = 0; i < 1'000'000; ++i) source += "(;";
  for (int i = 0; i < 1'000'000; ++i) source += ";)";
  EXPECT_TRUE(tokens(source).empty());
}

TEST(Lexer, StringsResolveEscapes) {
  EXPECT_EQ(value_of(R"("a\t\n\r\"\'\\\00\fF")"), std::string("a\t\n\r\"'\\\0\xff", 9));
  EXPECT_EQ(value_of(R"("\u{24}\u{e9}\u{20_AC}\u{10ffff}")"), "$é€\xf4\x8f\xbf\xbf");
  EXPECT_EQ(value_of("\"\""), "");
}

TEST(Lexer, RejectsBadStrings) {
  EXPECT_EQ(error_of("\n \"abc"), "2:2 unclosed string");
  EXPECT_EQ(error_of("\"a\nb\""), "1:1 unclosed string");
  EXPECT_EQ(error_of("\"a\\\""), "1:1 unclosed string");
  EXPECT_THAT(error_of("\"a\x01\""), HasSubstr("1:3 illegal control character"));
  EXPECT_THAT(error_of("\x7f"), HasSubstr("1:1 illegal character"));
  for (const auto* text : {R"("\x")", R"("\0")", R"("\0g")", R"("\u")", R"("\u{}")", R"("\u{110000}")", R"("\u{d800}")",
                           R"("\u{1")", R"("\u{_1}")", R"("\u{1_}")"}) {
    EXPECT_THROW(value_of(text), SyntaxError) << text;
  }
}

TEST(Lexer, QuotedIdentifiersNameTheSame) {
  EXPECT_EQ(id_name(Lexer("$a.b").next()), "a.b");
  EXPECT_EQ(id_name(Lexer(R"($"a\2eb")").next()), "a.b");
  EXPECT_THROW(id_name(Lexer(R"($"")").next()), SyntaxError);
  EXPECT_THROW(id_name(Lexer(R"($"\ff")").next()), SyntaxError);
}

TEST(Utf8, FindsTheFirstMalformedByte) {
  for (const auto* good :
       {"", "abc", "é", "€", "\xf0\x9f\x98\x80", "\xed\x9f\xbf", "\xee\x80\x80", "\xf4\x8f\xbf\xbf"}) {
    EXPECT_EQ(find_malformed_utf8(good), std::string_view::npos) << good;
  }
  for (const auto* bad : {"ab\x80", "ab\xc0\x80", "ab\xc1\xbf", "ab\xc3", "ab\xe0\x9f\xbf", "ab\xed\xa0\x80",
                          "ab\xe2\x82", "ab\xf0\x8f\xbf\xbf", "ab\xf4\x90\x80\x80", "ab\xf5\x80\x80\x80", "ab\xff"}) {
    EXPECT_EQ(find_malformed_utf8(bad), 2U) << bad;
  }
}

}  // namespace
}  // namespace weft::text
