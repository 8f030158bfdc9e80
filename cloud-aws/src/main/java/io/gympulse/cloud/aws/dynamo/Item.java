package io.gympulse.cloud.aws.dynamo;

import io.gympulse.cloud.core.store.StoreUnavailableException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// An item's attributes, read by name and type. A missing or malformed attribute throws
/// [StoreUnavailableException].
record Item(Map<String, AttributeValue> attributes) {

  String text(String name) {
    return optionalText(name).orElseThrow(() -> damaged(name));
  }

  Optional<String> optionalText(String name) {
    return Optional.ofNullable(attributes.get(name)).map(AttributeValue::s);
  }

  long number(String name) {
    return optionalNumber(name).orElseThrow(() -> damaged(name));
  }

  Optional<Long> optionalNumber(String name) {
    return Optional.ofNullable(attributes.get(name)).map(AttributeValue::n).map(this::parse);
  }

  Instant time(String name) {
    return Instant.ofEpochMilli(number(name));
  }

  boolean flag(String name) {
    return Optional.ofNullable(attributes.get(name))
        .map(AttributeValue::bool)
        .orElseThrow(() -> damaged(name));
  }

  double decimal(String name) {
    String text = text(name);
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new StoreUnavailableException("the store holds a damaged decimal: " + text, e);
    }
  }

  byte[] bytes(String name) {
    return Optional.ofNullable(attributes.get(name))
        .map(AttributeValue::b)
        .orElseThrow(() -> damaged(name))
        .asByteArray();
  }

  /// Some of its attributes, such as its key.
  Map<String, AttributeValue> only(String... names) {
    Map<String, AttributeValue> some = new HashMap<>(attributes);
    some.keySet().retainAll(List.of(names));
    return Map.copyOf(some);
  }

  <T> T named(String name, Function<String, Optional<T>> byName) {
    return optionalText(name).flatMap(byName).orElseThrow(() -> damaged(name));
  }

  private Long parse(String digits) {
    try {
      return Long.valueOf(digits);
    } catch (NumberFormatException e) {
      throw new StoreUnavailableException("the store holds a damaged number: " + digits, e);
    }
  }

  private StoreUnavailableException damaged(String name) {
    return new StoreUnavailableException(
        "the store holds a damaged item: '%s' of %s".formatted(name, attributes.keySet()), null);
  }

  /// Starts an item; absent attributes are left out.
  static Builder build() {
    return new Builder();
  }

  /// Collects attributes.
  static final class Builder {
    private final Map<String, AttributeValue> attributes = new HashMap<>();

    Builder text(String name, String value) {
      attributes.put(name, AttributeValue.fromS(value));
      return this;
    }

    Builder text(String name, Optional<String> value) {
      value.ifPresent(it -> text(name, it));
      return this;
    }

    Builder number(String name, long value) {
      attributes.put(name, AttributeValue.fromN(Long.toString(value)));
      return this;
    }

    /// As text, the shortest that parses to the same double: DynamoDB's numbers do not cover its
    /// range.
    Builder decimal(String name, double value) {
      return text(name, Double.toString(value));
    }

    Builder bytes(String name, byte[] value) {
      attributes.put(name, AttributeValue.fromB(SdkBytes.fromByteArray(value)));
      return this;
    }

    Builder all(Map<String, AttributeValue> more) {
      attributes.putAll(more);
      return this;
    }

    Builder time(String name, Instant value) {
      return number(name, value.toEpochMilli());
    }

    /// When the item may be removed: not before this moment.
    Builder expires(Instant value) {
      return expires(Tables.EXPIRES, value);
    }

    Builder expires(String name, Instant value) {
      return number(name, value.plusMillis(999).getEpochSecond());
    }

    Builder flag(String name, boolean value) {
      attributes.put(name, AttributeValue.fromBool(value));
      return this;
    }

    Map<String, AttributeValue> attributes() {
      return Map.copyOf(attributes);
    }
  }
}
