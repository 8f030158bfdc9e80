package io.gympulse.contract.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// A [JsonTree] reads, refuses and writes the same as an `ObjectMapper`.
class JsonTreeFuzzTest {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private interface Reader {
    JsonNode read(String text) throws JsonProcessingException;
  }

  @FuzzTest
  void a_tree_is_the_mappers(byte[] input) throws JsonProcessingException {
    String text = new String(input, StandardCharsets.UTF_8);
    Optional<JsonNode> tree = read(text, JsonTree.standard()::read);
    assertThat(tree).isEqualTo(read(text, MAPPER::readTree));
    if (tree.isPresent() && !tree.get().isMissingNode()) {
      assertThat(JsonTree.text(tree.get())).isEqualTo(MAPPER.writeValueAsString(tree.get()));
    }
  }

  private static Optional<JsonNode> read(String text, Reader reader) {
    try {
      return Optional.of(reader.read(text));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }
}
