package io.gympulse.cloud.lambda.telemetry;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// One JSON object on one line.
final class JsonLine {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonLine() {}

  /// Writes the fields of an object that is already open.
  interface Fields {
    void write(JsonGenerator object) throws IOException;
  }

  static String of(Fields fields) {
    StringWriter text = new StringWriter(256);
    try (JsonGenerator object = JSON.createGenerator(text)) {
      object.writeStartObject();
      fields.write(object);
      object.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a line in memory can always be written", e);
    }
    return text.append('\n').toString();
  }

  /// Prints the line with one write, so that lines of several threads do not mix.
  static void print(PrintStream out, Fields fields) {
    byte[] line = of(fields).getBytes(StandardCharsets.UTF_8);
    out.write(line, 0, line.length);
    out.flush();
  }
}
