package io.gympulse.system.architecture;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Words of our own for which the field has a term, from `retired-words.tsv`: each line has a
/// regular expression, a tab, and the term to use instead.
record RetiredWords(List<Word> words) {

  /// @param pattern finds the word, in names as well as in prose
  record Word(Pattern pattern, String instead) {}

  static RetiredWords read() throws IOException {
    try (InputStream file = RetiredWords.class.getResourceAsStream("retired-words.tsv")) {
      String text = new String(Objects.requireNonNull(file).readAllBytes(), UTF_8);
      return new RetiredWords(
          text.lines()
              .filter(it -> !it.isBlank() && !it.startsWith("#"))
              .map(it -> it.split("\t", 2))
              .map(it -> new Word(Pattern.compile(it[0]), it[1]))
              .toList());
    }
  }

  /// What is wrong with a text: a line for each word found, with its place and the term to use.
  List<String> in(String file, List<String> lines) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      for (Word word : words) {
        Matcher match = word.pattern().matcher(lines.get(i));
        while (match.find()) {
          found.add("%s:%d: '%s': write %s".formatted(file, i + 1, match.group(), word.instead()));
        }
      }
    }
    return found;
  }
}
