package io.gympulse.contract.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/// Reads and writes JSON trees with Jackson's parser and generator alone. An `ObjectMapper` gives
/// the same trees, but also loads what it needs to map objects (reflection, dates, the locale's
/// calendar), which takes a tenth of a function's cold start.
///
/// If a name is there twice, the last value is kept, unless the factory detects duplicates. An
/// empty text gives [MissingNode]. Safe for any number of threads.
public final class JsonTree {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final JsonFactory PLAIN = new JsonFactory();

  private final JsonFactory factory;

  /// @param factory sets strictness and limits
  public JsonTree(JsonFactory factory) {
    this.factory = factory;
  }

  /// With Jackson's own limits.
  public static JsonTree standard() {
    return new JsonTree(PLAIN);
  }

  public static ObjectNode object() {
    return NODES.objectNode();
  }

  /// @throws JsonProcessingException if the text is not one JSON value, or exceeds a limit
  public JsonNode read(String text) throws JsonProcessingException {
    try (JsonParser parser = factory.createParser(text)) {
      return read(parser);
    } catch (JsonProcessingException e) {
      throw e;
    } catch (IOException e) {
      throw new UncheckedIOException("a text in memory can always be read", e);
    }
  }

  /// @throws JsonProcessingException if the stream's text is not one JSON value, or exceeds a
  ///     limit
  /// @throws IOException if the stream cannot be read
  public JsonNode read(InputStream text) throws IOException {
    try (JsonParser parser = factory.createParser(text)) {
      return read(parser);
    }
  }

  private static JsonNode read(JsonParser parser) throws IOException {
    if (parser.nextToken() == null) {
      return MissingNode.getInstance();
    }
    JsonNode root = value(parser);
    if (parser.nextToken() != null) {
      throw new JsonParseException(parser, "trailing content after the value");
    }
    return root;
  }

  /// Recursive, to the parser's limit of nesting.
  private static JsonNode value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> members(parser);
      case START_ARRAY -> elements(parser);
      case VALUE_STRING -> NODES.textNode(parser.getText());
      case VALUE_NUMBER_INT -> integer(parser);
      case VALUE_NUMBER_FLOAT -> NODES.numberNode(parser.getDoubleValue());
      case VALUE_TRUE -> NODES.booleanNode(true);
      case VALUE_FALSE -> NODES.booleanNode(false);
      case VALUE_NULL -> NODES.nullNode();
      case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new IllegalStateException("not the start of a value: " + parser.currentToken());
    };
  }

  private static ObjectNode members(JsonParser parser) throws IOException {
    ObjectNode object = NODES.objectNode();
    for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
      parser.nextToken();
      object.replace(name, value(parser));
    }
    return object;
  }

  private static ArrayNode elements(JsonParser parser) throws IOException {
    ArrayNode array = NODES.arrayNode();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(parser));
    }
    return array;
  }

  private static JsonNode integer(JsonParser parser) throws IOException {
    return switch (parser.getNumberType()) {
      case INT -> NODES.numberNode(parser.getIntValue());
      case LONG -> NODES.numberNode(parser.getLongValue());
      default -> NODES.numberNode(parser.getBigIntegerValue());
    };
  }

  /// The tree as a text without spaces, in UTF-8.
  public static byte[] bytes(JsonNode tree) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator generator = PLAIN.createGenerator(bytes)) {
      write(tree, generator);
    } catch (IOException e) {
      throw new UncheckedIOException("a tree of plain values can always be written", e);
    }
    return bytes.toByteArray();
  }

  /// The tree as a text without spaces.
  public static String text(JsonNode tree) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = PLAIN.createGenerator(text)) {
      write(tree, generator);
    } catch (IOException e) {
      throw new UncheckedIOException("a tree of plain values can always be written", e);
    }
    return text.toString();
  }

  private static void write(JsonNode node, JsonGenerator to) throws IOException {
    switch (node.getNodeType()) {
      case OBJECT -> {
        to.writeStartObject();
        for (Map.Entry<String, JsonNode> it : node.properties()) {
          to.writeFieldName(it.getKey());
          write(it.getValue(), to);
        }
        to.writeEndObject();
      }
      case ARRAY -> {
        to.writeStartArray();
        for (JsonNode it : node) {
          write(it, to);
        }
        to.writeEndArray();
      }
      case STRING -> to.writeString(node.textValue());
      case BOOLEAN -> to.writeBoolean(node.booleanValue());
      case NULL -> to.writeNull();
      case NUMBER -> number(node, to);
      case BINARY -> to.writeBinary(node.binaryValue());
      case MISSING, POJO ->
          throw new IllegalArgumentException(
              "JSON has no value for a node of type " + node.getNodeType());
    }
  }

  private static void number(JsonNode number, JsonGenerator to) throws IOException {
    if (number.canConvertToLong() && number.isIntegralNumber()) {
      to.writeNumber(number.longValue());
    } else if (number.isIntegralNumber()) {
      to.writeNumber(number.bigIntegerValue());
    } else if (number.isBigDecimal()) {
      to.writeNumber(number.decimalValue());
    } else {
      to.writeNumber(number.doubleValue());
    }
  }
}
