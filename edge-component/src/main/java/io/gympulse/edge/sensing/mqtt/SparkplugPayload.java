package io.gympulse.edge.sensing.mqtt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A payload of Sparkplug B, in the protocol buffers of that specification.
///
/// @param timestamp when it was sent, in milliseconds since 1970
record SparkplugPayload(OptionalLong timestamp, List<Metric> metrics) {
  private static final int MOST_METRICS = 1_000;
  private static final int BOOLEAN = 11;

  /// One value.
  ///
  /// @param name given in a birth certificate, and in data if the metric has no alias
  /// @param alias stands for the name in data
  /// @param datatype empty if the payload leaves it out
  /// @param historical whether the value is of the past and does not say what is now
  record Metric(
      Optional<String> name,
      OptionalLong alias,
      Optional<Integer> datatype,
      boolean historical,
      Value value) {

    /// The value as JSON; null if there is none that JSON can express.
    JsonNode json(Optional<Integer> knownDatatype) {
      JsonNodeFactory nodes = JsonNodeFactory.instance;
      return switch (value) {
        case Value.None _ -> nodes.nullNode();
        case Value.Text(String text) -> nodes.textNode(text);
        case Value.Flag(boolean flag) -> nodes.booleanNode(flag);
        case Value.Real(double real) ->
            Double.isFinite(real) ? nodes.numberNode(real) : nodes.nullNode();
        case Value.Bits(long bits) -> {
          BigInteger number = integer(bits, datatype.or(() -> knownDatatype).orElse(0));
          yield nodes.numberNode(number);
        }
      };
    }

    /// Signed integers are sent as the unsigned number of the same bits.
    private static BigInteger integer(long bits, int datatype) {
      return switch (datatype) {
        case 1 -> BigInteger.valueOf((byte) bits);
        case 2 -> BigInteger.valueOf((short) bits);
        case 3 -> BigInteger.valueOf(bits << 32 >> 32);
        case 8 -> new BigInteger(Long.toUnsignedString(bits));
        default -> BigInteger.valueOf(bits);
      };
    }
  }

  /// A value as it was sent.
  sealed interface Value {
    record None() implements Value {}

    record Bits(long bits) implements Value {}

    record Real(double real) implements Value {}

    record Flag(boolean flag) implements Value {}

    record Text(String text) implements Value {}
  }

  SparkplugPayload {
    metrics = List.copyOf(metrics);
  }

  /// Empty if the bytes are no payload, are more than 65,536 or have more than 1,000 metrics.
  static Optional<SparkplugPayload> decode(byte[] bytes) {
    if (bytes.length > MqttMessage.MAX_BYTES) {
      return Optional.empty();
    }
    try {
      CodedInputStream in = CodedInputStream.newInstance(bytes);
      OptionalLong timestamp = OptionalLong.empty();
      List<Metric> metrics = new ArrayList<>();
      for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
        switch (tag) {
          case 1 << 3 -> timestamp = OptionalLong.of(in.readUInt64());
          case (2 << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED ->
              metrics.add(metric(in.readByteBuffer()));
          default -> in.skipField(tag);
        }
        if (metrics.size() > MOST_METRICS) {
          return Optional.empty();
        }
      }
      return Optional.of(new SparkplugPayload(timestamp, metrics));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Metric metric(ByteBuffer bytes) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(bytes);
    Optional<String> name = Optional.empty();
    OptionalLong alias = OptionalLong.empty();
    Optional<Integer> datatype = Optional.empty();
    boolean historical = false;
    boolean isNull = false;
    Value value = new Value.None();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      switch (tag) {
        case (1 << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED ->
            name = Optional.of(in.readStringRequireUtf8());
        case 2 << 3 -> alias = OptionalLong.of(in.readUInt64());
        case 4 << 3 -> datatype = Optional.of(in.readUInt32());
        case 5 << 3 -> historical = in.readBool();
        case 7 << 3 -> isNull = in.readBool();
        case 10 << 3 -> value = new Value.Bits(Integer.toUnsignedLong(in.readUInt32()));
        case 11 << 3 -> value = new Value.Bits(in.readUInt64());
        case (12 << 3) | WireFormat.WIRETYPE_FIXED32 -> value = new Value.Real(in.readFloat());
        case (13 << 3) | WireFormat.WIRETYPE_FIXED64 -> value = new Value.Real(in.readDouble());
        case 14 << 3 -> value = new Value.Flag(in.readBool());
        case (15 << 3) | WireFormat.WIRETYPE_LENGTH_DELIMITED ->
            value = new Value.Text(in.readStringRequireUtf8());
        default -> in.skipField(tag);
      }
    }
    return new Metric(name, alias, datatype, historical, isNull ? new Value.None() : value);
  }

  /// A command that sets a boolean metric to true.
  static byte[] command(String metric, long timestamp) {
    return encoded(
        payload -> {
          payload.writeUInt64(1, timestamp);
          payload.writeByteArray(
              2,
              encoded(
                  it -> {
                    it.writeString(1, metric);
                    it.writeUInt64(3, timestamp);
                    it.writeUInt32(4, BOOLEAN);
                    it.writeBool(14, true);
                  }));
        });
  }

  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  private static byte[] encoded(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      fields.write(out);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
