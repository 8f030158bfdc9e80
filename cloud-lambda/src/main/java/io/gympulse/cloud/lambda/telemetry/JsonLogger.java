package io.gympulse.cloud.lambda.telemetry;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;
import org.slf4j.event.Level;
import org.slf4j.event.LoggingEvent;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.LoggingEventAware;

/// Writes `{"timestamp","level","message","logger"}`, the fields of the thread's context and of the
/// caller's key-value pairs (`requestId`, `correlationId`), and `error` with its stack trace. A
/// pair overrides the context. Long texts are truncated, so that a line stays one CloudWatch event.
///
/// Safe for any number of threads.
final class JsonLogger extends LegacyAbstractLogger implements LoggingEventAware {
  private static final long serialVersionUID = 1;
  private static final int MAX_MESSAGE_CHARS = 4_096;
  private static final int MAX_STACK_CHARS = 8_192;

  private final transient Sink sink;

  /// @param out called for each line, since Lambda replaces standard output after its start
  /// @param threshold the least severe level that is written
  record Sink(Supplier<PrintStream> out, InstantSource clock, Level threshold) {}

  private record Line(
      Level level,
      String message,
      String logger,
      Map<String, String> fields,
      @Nullable Throwable error) {}

  JsonLogger(String name, Sink sink) {
    this.name = name;
    this.sink = sink;
  }

  @Override
  protected void handleNormalizedLoggingCall(
      Level level,
      @Nullable Marker marker,
      @Nullable String pattern,
      Object @Nullable [] arguments,
      @Nullable Throwable error) {
    write(new Line(level, text(pattern, arguments), getName(), context(List.of()), error));
  }

  @Override
  public void log(LoggingEvent event) {
    if (!enabled(event.getLevel())) {
      return;
    }
    List<KeyValuePair> pairs =
        Objects.requireNonNullElse(event.getKeyValuePairs(), List.<KeyValuePair>of());
    String message = text(event.getMessage(), event.getArgumentArray());
    write(new Line(event.getLevel(), message, getName(), context(pairs), event.getThrowable()));
  }

  private static String text(@Nullable String pattern, Object @Nullable [] arguments) {
    String message = MessageFormatter.basicArrayFormat(pattern, arguments);
    return message == null ? "" : message;
  }

  private static Map<String, String> context(List<KeyValuePair> pairs) {
    Map<String, String> fields = new LinkedHashMap<>();
    Map<String, String> ofThread = MDC.getCopyOfContextMap();
    if (ofThread != null) {
      fields.putAll(ofThread);
    }
    pairs.forEach(it -> fields.put(it.key, String.valueOf(it.value)));
    return fields;
  }

  private void write(Line line) {
    JsonLine.print(sink.out().get(), object -> write(line, object));
  }

  private void write(Line line, JsonGenerator object) throws IOException {
    object.writeStringField("timestamp", sink.clock().instant().toString());
    object.writeStringField("level", line.level().name());
    object.writeStringField("message", head(line.message(), MAX_MESSAGE_CHARS));
    object.writeStringField("logger", line.logger());
    for (Map.Entry<String, String> field : line.fields().entrySet()) {
      object.writeStringField(field.getKey(), head(field.getValue(), MAX_MESSAGE_CHARS));
    }
    if (line.error() != null) {
      object.writeStringField("error", head(stack(line.error()), MAX_STACK_CHARS));
    }
  }

  private static String stack(Throwable error) {
    StringWriter text = new StringWriter();
    error.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  private static String head(String text, int chars) {
    return text.length() <= chars ? text : text.substring(0, chars) + "...";
  }

  private boolean enabled(Level level) {
    return level.toInt() >= sink.threshold().toInt();
  }

  @Override
  public boolean isTraceEnabled() {
    return enabled(Level.TRACE);
  }

  @Override
  public boolean isDebugEnabled() {
    return enabled(Level.DEBUG);
  }

  @Override
  public boolean isInfoEnabled() {
    return enabled(Level.INFO);
  }

  @Override
  public boolean isWarnEnabled() {
    return enabled(Level.WARN);
  }

  @Override
  public boolean isErrorEnabled() {
    return enabled(Level.ERROR);
  }

  @Override
  protected @Nullable String getFullyQualifiedCallerName() {
    return null;
  }
}
