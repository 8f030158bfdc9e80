package io.gympulse.contract.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTreeTest {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "null",
        "true",
        " \"text\" ",
        "{\"a\":{\"b\":[1,[2,{}],null]},\"c\":false,\"a\":\"again\"}",
        "[0,-1,2147483647,2147483648,9223372036854775807,9223372036854775808]",
        "[0.1,-1e3,1e400,1.0]",
        "\"\\u00e4\\ud83d\\ude00\\n\"",
        ""
      })
  void a_text_is_read_as_an_object_mapper_reads_it(String text) throws IOException {
    JsonNode expected = MAPPER.readTree(text);

    assertThat(JsonTree.standard().read(text)).isEqualTo(expected);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertThat(JsonTree.standard().read(new ByteArrayInputStream(bytes))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "[1,", "{\"a\"}", "{a:1}", "1 2", "{} {}", "nul", "]", "\"", "[1]]"})
  void a_text_that_is_not_one_value_is_refused(String text) {
    assertThatThrownBy(() -> JsonTree.standard().read(text))
        .isInstanceOf(JsonProcessingException.class);
  }

  @Test
  void the_factorys_limits_apply() {
    JsonTree strict =
        new JsonTree(
            JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(2).build())
                .build());

    assertThatThrownBy(() -> strict.read("{\"a\":1,\"a\":2}"))
        .isInstanceOf(JsonProcessingException.class);
    assertThatThrownBy(() -> strict.read("[[[]]]")).isInstanceOf(JsonProcessingException.class);
  }

  @Property
  void a_tree_is_written_as_an_object_mapper_writes_it(@ForAll("trees") JsonNode tree)
      throws IOException {
    assertThat(JsonTree.bytes(tree)).isEqualTo(MAPPER.writeValueAsBytes(tree));
    assertThat(JsonTree.text(tree)).isEqualTo(MAPPER.writeValueAsString(tree));
  }

  @Provide
  Arbitrary<JsonNode> trees() {
    Arbitrary<JsonNode> leaves =
        Arbitraries.oneOf(
            Arbitraries.strings().map(MAPPER.getNodeFactory()::textNode),
            Arbitraries.longs().map(it -> (JsonNode) MAPPER.getNodeFactory().numberNode(it)),
            Arbitraries.bigIntegers().map(MAPPER.getNodeFactory()::numberNode),
            Arbitraries.doubles().map(MAPPER.getNodeFactory()::numberNode),
            Arbitraries.bigDecimals().map(MAPPER.getNodeFactory()::numberNode),
            Arbitraries.of(true, false).map(MAPPER.getNodeFactory()::booleanNode),
            Arbitraries.just(MAPPER.getNodeFactory().nullNode()));
    return Arbitraries.recursive(() -> leaves, JsonTreeTest::within, 0, 3);
  }

  private static Arbitrary<JsonNode> within(Arbitrary<JsonNode> trees) {
    Arbitrary<JsonNode> arrays =
        trees.list().ofMaxSize(4).map(it -> MAPPER.createArrayNode().addAll(it));
    Arbitrary<JsonNode> objects =
        Arbitraries.maps(Arbitraries.strings().alpha().ofMaxLength(4), trees)
            .ofMaxSize(4)
            .map(it -> MAPPER.createObjectNode().setAll(it));
    return Arbitraries.oneOf(arrays, objects);
  }
}
