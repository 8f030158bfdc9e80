package io.gympulse.contract.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.gympulse.contract.text.UnicodeText;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A position in a JSON document: the node there, or nothing, and the path to it, such as
/// `machines[3].sensors[0].id`.
///
/// Moving ([#field], [#element]) never fails. Reading does: if the node is not what is asked for,
/// the caller's own exception is thrown, made from a [Problem] that names the path, what was
/// expected and what was found. A field that is null counts as absent. Fields that nobody reads are
/// ignored, unless [#closedObject] refuses them.
///
/// Reading ends at the first problem. From a [#collecting] cursor it goes on behind a problem, so
/// that one attempt finds the other problems too: an element that cannot be read is left out of its
/// [#list], an [#optional] field counts as absent, and a field of [#read] is asked for later.
///
/// Immutable, and safe for any number of threads. The path is put together only for a problem. No
/// `ObjectMapper` is loaded, see [JsonTree].
///
/// @param <X> what a problem is thrown as; neither an [IllegalArgumentException] nor a
///     [DateTimeException], which [#checked] would take for a constructor's
public final class JsonCursor<X extends Exception> {
  /// A collecting cursor ends reading when it has collected so many.
  public static final int MAX_COLLECTED = 100;

  private static final int MAX_QUOTED_CHARS = 80;

  private final @Nullable JsonNode node;
  private final @Nullable JsonCursor<X> parent;
  private final String name;
  private final int index;
  private final Function<Problem, X> failure;
  private final @Nullable List<Problem> collected;

  /// What is wrong in a document.
  ///
  /// @param path of the field in question; empty for the document as a whole
  /// @param detail what was expected and what was found, to be read after the path; cut to 1,000
  ///     characters and made well formed, as it may quote the document
  public record Problem(Kind kind, String path, String detail) {
    private static final int MAX_DETAIL_CHARS = 1_000;

    public Problem {
      detail = UnicodeText.abridged(detail, MAX_DETAIL_CHARS);
    }

    /// The kinds of problem.
    public enum Kind {
      MISSING,
      INVALID,
      /// More elements or bytes than the limit.
      TOO_LARGE,
      UNKNOWN_FIELD
    }

    /// The path and the detail: `sensors[0].id: expected a text, found 7`.
    @Override
    public String toString() {
      return path.isEmpty() ? detail : path + ": " + detail;
    }
  }

  /// Reads a value at a position.
  @FunctionalInterface
  public interface Reader<T, X extends Exception> {
    T read(JsonCursor<X> at) throws X;
  }

  /// Builds a value, and refuses bad input by an [IllegalArgumentException] or a
  /// [DateTimeException].
  @FunctionalInterface
  public interface Construction<T, X extends Exception> {
    T construct() throws X;
  }

  private JsonCursor(
      @Nullable JsonNode node,
      @Nullable JsonCursor<X> parent,
      String name,
      int index,
      Function<Problem, X> failure,
      @Nullable List<Problem> collected) {
    this.node = node;
    this.parent = parent;
    this.name = name;
    this.index = index;
    this.failure = failure;
    this.collected = collected;
  }

  /// @param failure makes the exception for a problem
  public static <X extends Exception> JsonCursor<X> root(
      JsonNode document, Function<Problem, X> failure) {
    return new JsonCursor<>(document, null, "", -1, failure, null);
  }

  /// A cursor that adds each problem to a list, and goes on. What was read is only of use if the
  /// list is empty at the end. Of several problems of one field only the first is collected, as
  /// the others follow from it; nor is what a construction refuses, if a part of it has a problem.
  ///
  /// @param failure makes the exception that ends what cannot be read
  /// @param problems to which up to [#MAX_COLLECTED] are added, in the order of reading; the
  ///     cursor and those moved to from it are for one thread then
  public static <X extends Exception> JsonCursor<X> collecting(
      JsonNode document, Function<Problem, X> failure, List<Problem> problems) {
    return new JsonCursor<>(document, null, "", -1, failure, problems);
  }

  /// A field of this object; an absent one if there is no such field or this is no object.
  public JsonCursor<X> field(String field) {
    return new JsonCursor<>(
        node == null ? null : node.get(field), this, field, -1, failure, collected);
  }

  /// An element of this array, from 0; an absent one if the array is shorter or this is no array.
  public JsonCursor<X> element(int position) {
    return new JsonCursor<>(
        node == null ? null : node.get(position), this, "", position, failure, collected);
  }

  /// Whether there is a node here other than null.
  public boolean isPresent() {
    return node != null && !node.isNull() && !node.isMissingNode();
  }

  /// Whether this object has a field that is present.
  public boolean has(String field) {
    return field(field).isPresent();
  }

  /// A field's value, as read by `reader`; empty if the field is absent.
  public <T> Optional<T> optional(String field, Reader<T, X> reader) throws X {
    JsonCursor<X> at = field(field);
    if (!at.isPresent()) {
      return Optional.empty();
    }
    try {
      return Optional.of(reader.read(at));
    } catch (Exception e) {
      if (!goesOnAfter(e)) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /// A field's value, as read by `reader`, to be constructed into something with the others of this
  /// object. If the field has a problem and the cursor collects, the construction fails.
  public <T> Construction<T, X> read(String field, Reader<T, X> reader) throws X {
    JsonCursor<X> at = field(field);
    return at.attempt(() -> reader.read(at));
  }

  /// A part of what is here, to be constructed into something with the other parts. If the part has
  /// a problem and the cursor collects, the construction fails.
  public <T> Construction<T, X> attempt(Construction<T, X> part) throws X {
    try {
      T value = part.construct();
      return () -> value;
    } catch (Exception e) {
      if (!goesOnAfter(e)) {
        throw e;
      }
      Problem collectedBefore = new Problem(Problem.Kind.INVALID, path(), "cannot be read");
      return () -> {
        throw failure.apply(collectedBefore);
      };
    }
  }

  private boolean goesOnAfter(Exception problem) {
    return collected != null
        && collected.size() < MAX_COLLECTED
        && !(problem instanceof RuntimeException);
  }

  /// The node.
  public JsonNode node() throws X {
    if (node == null || !isPresent()) {
      throw expected("a value");
    }
    return node;
  }

  /// This, if it is an object.
  public JsonCursor<X> object() throws X {
    if (node == null || !node.isObject()) {
      throw expected("an object");
    }
    return this;
  }

  /// This, if it is an object that has no other fields than these, and none of them null.
  public JsonCursor<X> closedObject(String... known) throws X {
    List<String> names = List.of(known);
    for (String field : (Iterable<String>) object().node()::fieldNames) {
      Optional<X> problem = problem(field, names);
      if (problem.isPresent() && !goesOnAfter(problem.get())) {
        throw problem.get();
      }
    }
    return this;
  }

  private Optional<X> problem(String field, List<String> known) {
    if (!known.contains(field)) {
      return Optional.of(
          field(UnicodeText.abridged(field, MAX_QUOTED_CHARS))
              .problem(
                  Problem.Kind.UNKNOWN_FIELD,
                  "is unknown; use one of " + String.join(", ", known)));
    }
    return has(field)
        ? Optional.empty()
        : Optional.of(field(field).invalid("is null; give a value, or leave the field out"));
  }

  public boolean isArray() {
    return node != null && node.isArray();
  }

  /// This, if it is an array of `least` to `most` elements.
  public JsonCursor<X> array(int least, int most) throws X {
    if (!isArray() || size() < least || size() > most) {
      throw expected(
          least == most
              ? "an array of %d elements".formatted(least)
              : "an array of %d to %d elements".formatted(least, most));
    }
    return this;
  }

  /// How many elements or fields there are; 0 if this is neither an array nor an object.
  public int size() {
    return node == null ? 0 : node.size();
  }

  /// The elements of this array, each as read by `reader`.
  public <T> List<T> list(Reader<T, X> reader) throws X {
    return list(Integer.MAX_VALUE, reader);
  }

  /// The elements of this array, each as read by `reader`. An array of more than `most` elements is
  /// too large, and none of them is read.
  public <T> List<T> list(int most, Reader<T, X> reader) throws X {
    if (!isArray()) {
      throw expected("an array");
    }
    if (size() > most) {
      throw tooLarge("%d elements, the limit is %d".formatted(size(), most));
    }
    List<T> read = new ArrayList<>(size());
    for (int i = 0; i < size(); i++) {
      try {
        read.add(reader.read(element(i)));
      } catch (Exception e) {
        if (!goesOnAfter(e)) {
          throw e;
        }
      }
    }
    return Collections.unmodifiableList(read);
  }

  /// A text of well-formed Unicode.
  public String text() throws X {
    return text("a text");
  }

  /// @param expected what the text should be, for messages
  public String text(String expected) throws X {
    if (node == null || !node.isTextual()) {
      throw expected(expected);
    }
    if (!UnicodeText.isWellFormed(node.textValue())) {
      throw invalid("is not well-formed Unicode: it holds a lone surrogate");
    }
    return node.textValue();
  }

  /// A text, turned into a value by a constructor; what that refuses becomes a problem of this
  /// field, as with [#checked].
  public <T> T parse(Function<String, T> constructor) throws X {
    String text = text();
    return checked(() -> constructor.apply(text));
  }

  /// One of some names.
  ///
  /// @param lookup finds the value that has a name
  /// @param names all of them, for messages: `free, occupied`
  public <T> T named(Function<String, Optional<T>> lookup, String names) throws X {
    String text = text();
    Optional<T> found = lookup.apply(text);
    if (found.isEmpty()) {
      throw invalid(
          "'%s' is not one of %s".formatted(UnicodeText.abridged(text, MAX_QUOTED_CHARS), names));
    }
    return found.get();
  }

  public boolean bool() throws X {
    if (node == null || !node.isBoolean()) {
      throw expected("true or false");
    }
    return node.booleanValue();
  }

  /// A whole number, written without a fraction or an exponent.
  public long integer() throws X {
    if (node == null || !node.isIntegralNumber() || !node.canConvertToLong()) {
      throw expected("a whole number");
    }
    return node.longValue();
  }

  /// A whole number from `least` to `most`.
  public int integer(int least, int most) throws X {
    if (node == null
        || !node.isIntegralNumber()
        || !node.canConvertToInt()
        || node.intValue() < least
        || node.intValue() > most) {
      throw expected("a whole number from %d to %d".formatted(least, most));
    }
    return node.intValue();
  }

  /// A finite number.
  public double number() throws X {
    if (node == null || !node.isNumber() || !Double.isFinite(node.doubleValue())) {
      throw expected("a finite number");
    }
    return node.doubleValue();
  }

  /// Builds a value; what its construction refuses becomes a problem of this field.
  public <T> T checked(Construction<T, X> construction) throws X {
    try {
      return construction.construct();
    } catch (IllegalArgumentException | DateTimeException e) {
      String detail = String.valueOf(e.getMessage());
      throw hasCollectedBelow()
          ? failure.apply(new Problem(Problem.Kind.INVALID, path(), detail))
          : invalid(detail);
    }
  }

  private boolean hasCollectedBelow() {
    if (collected == null) {
      return false;
    }
    String path = path();
    return collected.stream()
        .map(Problem::path)
        .anyMatch(it -> path.isEmpty() || it.startsWith(path + ".") || it.startsWith(path + "["));
  }

  /// The exception for a value of another kind, or an absent field.
  public X expected(String what) {
    boolean isField = parent != null && index < 0;
    return isField && !isPresent()
        ? missing("expected " + what)
        : invalid("expected %s, found %s".formatted(what, found()));
  }

  /// The exception for an absent field.
  ///
  /// @param remedy what to give, a clause
  public X missing(String remedy) {
    return problem(Problem.Kind.MISSING, "is missing; " + remedy);
  }

  /// The exception for a field whose value cannot be used.
  ///
  /// @param detail what is wrong with it, a clause
  public X invalid(String detail) {
    return problem(Problem.Kind.INVALID, detail);
  }

  public X tooLarge(String detail) {
    return problem(Problem.Kind.TOO_LARGE, detail);
  }

  private X problem(Problem.Kind kind, String detail) {
    Problem problem = new Problem(kind, path(), detail);
    if (collected != null
        && collected.size() < MAX_COLLECTED
        && collected.stream().noneMatch(it -> it.path().equals(problem.path()))) {
      collected.add(problem);
    }
    return failure.apply(problem);
  }

  public String path() {
    if (parent == null) {
      return "";
    }
    String above = parent.path();
    if (index >= 0) {
      return above + "[" + index + "]";
    }
    return above.isEmpty() ? name : above + "." + name;
  }

  /// By hand: a node's own `toString` loads an `ObjectMapper`.
  private String found() {
    if (node == null) {
      return "nothing";
    }
    return switch (node.getNodeType()) {
      case OBJECT -> "an object";
      case ARRAY -> "an array of %d elements".formatted(node.size());
      case STRING -> "'%s'".formatted(UnicodeText.abridged(node.textValue(), MAX_QUOTED_CHARS));
      case NUMBER, BOOLEAN -> UnicodeText.abridged(node.asText(), MAX_QUOTED_CHARS);
      case NULL, MISSING, BINARY, POJO -> node.getNodeType().name().toLowerCase(Locale.ROOT);
    };
  }
}
