package io.gympulse.edge.sensing.gpio.chardev;

import static java.lang.foreign.MemoryLayout.PathElement.groupElement;
import static java.lang.foreign.MemoryLayout.paddingLayout;
import static java.lang.foreign.MemoryLayout.sequenceLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SequenceLayout;
import java.lang.foreign.StructLayout;
import java.nio.charset.StandardCharsets;

/// The structures and `ioctl` requests of `linux/gpio.h` and `poll.h` on 64-bit Linux.
final class GpioStructs {
  private static final int LINES_MAX = 64;
  private static final int ATTRIBUTES_MAX = 10;
  private static final SequenceLayout NAME = sequenceLayout(32, JAVA_BYTE);

  /// `struct gpiochip_info`
  static final StructLayout CHIP_INFO =
      structLayout(NAME.withName("name"), NAME.withName("label"), JAVA_INT.withName("lines"));

  /// `struct gpio_v2_line_values`
  static final StructLayout LINE_VALUES =
      structLayout(JAVA_LONG.withName("bits"), JAVA_LONG.withName("mask"));

  /// `struct gpio_v2_line_attribute`; the value is a union, a debounce time its first four bytes.
  static final StructLayout LINE_ATTRIBUTE =
      structLayout(JAVA_INT.withName("id"), paddingLayout(4), JAVA_LONG.withName("value"));

  /// `struct gpio_v2_line_config_attribute`
  static final StructLayout CONFIG_ATTRIBUTE =
      structLayout(LINE_ATTRIBUTE.withName("attr"), JAVA_LONG.withName("mask"));

  /// `struct gpio_v2_line_config`
  static final StructLayout LINE_CONFIG =
      structLayout(
          JAVA_LONG.withName("flags"),
          JAVA_INT.withName("num_attrs"),
          paddingLayout(20),
          sequenceLayout(ATTRIBUTES_MAX, CONFIG_ATTRIBUTE).withName("attrs"));

  /// `struct gpio_v2_line_request`
  static final StructLayout LINE_REQUEST =
      structLayout(
          sequenceLayout(LINES_MAX, JAVA_INT).withName("offsets"),
          NAME.withName("consumer"),
          LINE_CONFIG.withName("config"),
          JAVA_INT.withName("num_lines"),
          JAVA_INT.withName("event_buffer_size"),
          paddingLayout(20),
          JAVA_INT.withName("fd"));

  /// `struct gpio_v2_line_info`
  static final StructLayout LINE_INFO =
      structLayout(
          NAME.withName("name"),
          NAME.withName("consumer"),
          JAVA_INT.withName("offset"),
          JAVA_INT.withName("num_attrs"),
          JAVA_LONG.withName("flags"),
          sequenceLayout(ATTRIBUTES_MAX, LINE_ATTRIBUTE).withName("attrs"),
          paddingLayout(16));

  /// `struct gpio_v2_line_event`
  static final StructLayout LINE_EVENT =
      structLayout(
          JAVA_LONG.withName("timestamp_ns"),
          JAVA_INT.withName("id"),
          JAVA_INT.withName("offset"),
          JAVA_INT.withName("seqno"),
          JAVA_INT.withName("line_seqno"),
          paddingLayout(24));

  /// `struct pollfd`
  static final StructLayout POLL_FD =
      structLayout(
          JAVA_INT.withName("fd"), JAVA_SHORT.withName("events"), JAVA_SHORT.withName("revents"));

  static final long GET_CHIP_INFO = request(0b10, 0x01, CHIP_INFO);
  static final long GET_LINE_INFO = request(0b11, 0x05, LINE_INFO);
  static final long GET_LINE = request(0b11, 0x07, LINE_REQUEST);
  static final long GET_LINE_VALUES = request(0b11, 0x0E, LINE_VALUES);

  private GpioStructs() {}

  /// A request code: direction (2: read, 3: write and read), size, type, number.
  private static long request(long direction, int number, StructLayout argument) {
    return direction << 30 | argument.byteSize() << 16 | 0xB4 << 8 | number;
  }

  static long offset(MemoryLayout struct, String field) {
    return struct.byteOffset(groupElement(field));
  }

  static int getInt(MemorySegment segment, MemoryLayout struct, String field) {
    return segment.get(JAVA_INT, offset(struct, field));
  }

  static long getLong(MemorySegment segment, MemoryLayout struct, String field) {
    return segment.get(JAVA_LONG, offset(struct, field));
  }

  static void put(MemorySegment segment, MemoryLayout struct, String field, int value) {
    segment.set(JAVA_INT, offset(struct, field), value);
  }

  static void put(MemorySegment segment, MemoryLayout struct, String field, long value) {
    segment.set(JAVA_LONG, offset(struct, field), value);
  }

  /// A name of up to 31 bytes.
  static String text(MemorySegment segment, MemoryLayout struct, String field) {
    return segment
        .asSlice(offset(struct, field), NAME.byteSize())
        .getString(0, StandardCharsets.UTF_8);
  }
}
