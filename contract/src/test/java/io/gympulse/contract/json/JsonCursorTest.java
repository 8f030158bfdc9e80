package io.gympulse.contract.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.gympulse.contract.json.JsonCursor.Problem;
import io.gympulse.contract.json.JsonCursor.Reader;
import java.io.IOException;
import java.time.Month;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JsonCursorTest {
  private static final String DOCUMENT =
      """
      {"name":"a","on":true,"count":7,"big":9223372036854775808,"ratio":0.5,"nothing":null,
       "half":"\\ud800","list":[1,"two",null,{"deep":[true]}],"object":{"x":1}}""";

  @Test
  void fields_are_read_by_their_types() throws IOException {
    JsonCursor<IOException> root = root(DOCUMENT);
    assertThat(root.field("name").text()).isEqualTo("a");
    assertThat(root.field("on").bool()).isTrue();
    assertThat(root.field("count").integer()).isEqualTo(7);
    assertThat(root.field("count").integer(0, 7)).isEqualTo(7);
    assertThat(root.field("ratio").number()).isEqualTo(0.5);
    assertThat(root.field("object").object().field("x").integer()).isEqualTo(1);
    assertThat(root.field("list").array(4, 4).element(3).field("deep").list(JsonCursor::bool))
        .containsExactly(true);
    assertThat(root.optional("name", JsonCursor::text)).contains("a");
  }

  @Test
  void absent_and_null_fields_are_alike() throws IOException {
    JsonCursor<IOException> root = root(DOCUMENT);
    for (String name : List.of("nothing", "other")) {
      assertThat(root.has(name)).isFalse();
      assertThat(root.optional(name, JsonCursor::text)).isEmpty();
      assertProblem(
          at -> at.field(name).text(),
          new Problem(Problem.Kind.MISSING, name, "is missing; expected a text"));
    }
    assertThat(root.field("name").field("no").element(2).isPresent()).isFalse();
  }

  @Test
  void a_problem_names_the_path_what_was_expected_and_what_was_found() {
    assertInvalid(at -> at.field("count").text(), "count", "expected a text, found 7");
    assertInvalid(
        at -> at.field("name").text("a").length() + at.field("on").integer(),
        "on",
        "expected a whole number, found true");
    assertInvalid(at -> at.field("ratio").integer(), "ratio", "expected a whole number, found 0.5");
    assertInvalid(
        at -> at.field("big").integer(),
        "big",
        "expected a whole number, found 9223372036854775808");
    assertInvalid(
        at -> at.field("count").integer(1, 6),
        "count",
        "expected a whole number from 1 to 6, found 7");
    assertInvalid(
        at -> at.field("list").element(1).bool(), "list[1]", "expected true or false, found 'two'");
    assertInvalid(
        at -> at.field("list").element(2).number(),
        "list[2]",
        "expected a finite number, found null");
    assertInvalid(
        at -> at.field("list").array(1, 3),
        "list",
        "expected an array of 1 to 3 elements, found an array of 4 elements");
    assertInvalid(
        at -> at.field("list").element(3).field("deep").element(0).object(),
        "list[3].deep[0]",
        "expected an object, found true");
    assertInvalid(
        at -> at.field("half").text(),
        "half",
        "is not well-formed Unicode: it holds a lone surrogate");
  }

  @Test
  void what_a_constructor_refuses_is_a_problem_of_the_field() {
    assertInvalid(
        at -> at.field("object").checked(() -> Month.of((int) at.field("count").integer() + 6)),
        "object",
        "Invalid value for MonthOfYear: 13");
    assertInvalid(
        at -> at.field("name").parse(Integer::valueOf), "name", "For input string: \"a\"");
    assertInvalid(
        at -> at.field("name").named(_ -> Optional.empty(), "on, off"),
        "name",
        "'a' is not one of on, off");
  }

  @Test
  void an_array_beyond_its_limit_is_too_large() {
    assertProblem(
        at -> at.field("list").list(3, JsonCursor::node),
        new Problem(Problem.Kind.TOO_LARGE, "list", "4 elements, the limit is 3"));
  }

  @Test
  void a_closed_object_refuses_unknown_fields_and_nulls() throws IOException {
    assertThat(root("{\"a\":1}").closedObject("a", "b").size()).isEqualTo(1);
    assertProblem(
        at -> at.field("object").closedObject("y", "z"),
        new Problem(Problem.Kind.UNKNOWN_FIELD, "object.x", "is unknown; use one of y, z"));
    assertThatThrownBy(() -> root("{\"a\":null}").closedObject("a"))
        .hasMessage("a: is null; give a value, or leave the field out");
  }

  @Test
  void what_is_quoted_is_cut_and_well_formed() {
    String longText = "\\udc00" + "x".repeat(5_000);
    assertThatThrownBy(() -> root("{\"" + longText + "\":\"" + longText + "\"}").closedObject("a"))
        .hasMessage("\ufffd" + "x".repeat(76) + "...: is unknown; use one of a");
    assertThatThrownBy(() -> root("[\"" + longText + "\"]").element(0).bool())
        .hasMessage("[0]: expected true or false, found '\ufffd" + "x".repeat(76) + "...'");
    assertThat(new Problem(Problem.Kind.INVALID, "a", "x".repeat(5_000)).detail()).hasSize(1_000);
  }

  @Test
  void a_collecting_cursor_goes_on_after_a_problem() throws IOException {
    List<Problem> problems = new ArrayList<>();
    JsonCursor<IOException> root =
        JsonCursor.collecting(
            JsonTree.standard().read(DOCUMENT), it -> new IOException(it.toString()), problems);
    assertThat(root.field("list").list(JsonCursor::text)).containsExactly("two");
    assertThat(root.optional("count", JsonCursor::text)).isEmpty();
    JsonCursor.Construction<String, IOException> later = root.read("ratio", JsonCursor::text);
    assertThat(root.read("name", JsonCursor::text).construct()).isEqualTo("a");
    root.field("object").closedObject("y");
    assertThatThrownBy(later::construct).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> root.field("object").checked(() -> Integer.valueOf("x")))
        .as("follows from the unknown field")
        .isInstanceOf(IOException.class);
    assertThatThrownBy(() -> root.field("count").bool())
        .as("the second problem of a field")
        .isInstanceOf(IOException.class);
    assertThat(problems)
        .extracting(Problem::path)
        .containsExactly("list[0]", "list[2]", "list[3]", "count", "ratio", "object.x");
  }

  private static JsonCursor<IOException> root(String json) throws JsonProcessingException {
    return JsonCursor.root(JsonTree.standard().read(json), it -> new IOException(it.toString()));
  }

  private static void assertInvalid(
      Reader<?, ProblemException> reader, String path, String detail) {
    assertProblem(reader, new Problem(Problem.Kind.INVALID, path, detail));
  }

  private static void assertProblem(Reader<?, ProblemException> reader, Problem problem) {
    assertThatThrownBy(
            () ->
                reader.read(
                    JsonCursor.root(JsonTree.standard().read(DOCUMENT), ProblemException::new)))
        .isInstanceOfSatisfying(
            ProblemException.class, it -> assertThat(it.problem).isEqualTo(problem));
  }

  private static final class ProblemException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    ProblemException(Problem problem) {
      this.problem = problem;
    }
  }
}
