package io.gympulse.local.rules;

import io.gympulse.contract.text.UnicodeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The tokens of a rule's SQL, read from left to right.
final class Tokens {

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(?<string>'(?:[^']|'')*+')|(?<number>-?\\d+(?:\\.\\d+)?)"
              + "|(?<word>[A-Za-z_][A-Za-z0-9_]*)|(?<symbol><>|!=|<=|>=|[(),.*=<>]))");

  enum Kind {
    STRING,
    NUMBER,
    WORD,
    SYMBOL,
    END
  }

  /// @param text the token's text; of a string, its content without quotes
  record Token(Kind kind, String text, int at) {

    boolean is(String expected) {
      return (kind == Kind.WORD || kind == Kind.SYMBOL) && text.equalsIgnoreCase(expected);
    }
  }

  private static final int MAX_CHARS = 10_000;
  private static final int MAX_QUOTED_CHARS = 80;

  private final List<Token> tokens = new ArrayList<>();
  private int next;

  Tokens(String sql) {
    String text = sql.strip();
    if (text.length() > MAX_CHARS) {
      throw new IllegalArgumentException(
          "%d characters, the limit is %d".formatted(text.length(), MAX_CHARS));
    }
    Matcher matcher = TOKEN.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (!matcher.region(at, text.length()).lookingAt()) {
        throw new IllegalArgumentException(
            "unexpected text at '" + quoted(text.substring(at)) + "'");
      }
      tokens.add(token(matcher));
      at = matcher.end();
    }
    tokens.add(new Token(Kind.END, "the end", text.length()));
  }

  private static Token token(Matcher matcher) {
    String string = matcher.group("string");
    if (string != null) {
      String content = string.substring(1, string.length() - 1).replace("''", "'");
      return new Token(Kind.STRING, content, matcher.start());
    }
    if (matcher.group("number") != null) {
      return new Token(Kind.NUMBER, matcher.group("number"), matcher.start());
    }
    return matcher.group("word") != null
        ? new Token(Kind.WORD, matcher.group("word"), matcher.start())
        : new Token(Kind.SYMBOL, matcher.group("symbol"), matcher.start());
  }

  Token peek() {
    return tokens.get(next);
  }

  Token take() {
    return tokens.get(next < tokens.size() - 1 ? next++ : next);
  }

  /// Takes the next token if it is this word or symbol.
  boolean accept(String expected) {
    if (peek().is(expected)) {
      take();
      return true;
    }
    return false;
  }

  void expect(String expected) {
    if (!accept(expected)) {
      throw unexpected(expected);
    }
  }

  String expect(Kind kind) {
    if (peek().kind() != kind) {
      throw unexpected(kind.name().toLowerCase(Locale.ROOT));
    }
    return take().text();
  }

  IllegalArgumentException unexpected(String wanted) {
    return new IllegalArgumentException(
        "%s is needed, not '%s' (character %d)"
            .formatted(wanted, quoted(peek().text()), peek().at()));
  }

  private static String quoted(String text) {
    return UnicodeText.abridged(text, MAX_QUOTED_CHARS);
  }
}
