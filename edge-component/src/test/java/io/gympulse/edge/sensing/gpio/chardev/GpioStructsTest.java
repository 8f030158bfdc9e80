package io.gympulse.edge.sensing.gpio.chardev;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.StructLayout;
import org.junit.jupiter.api.Test;

/// The numbers are those of a C compiler for `linux/gpio.h` and `poll.h`, the same on x86-64 and
/// aarch64.
class GpioStructsTest {

  @Test
  void structures_have_the_kernels_layout() {
    assertLayout(GpioStructs.CHIP_INFO, 68, 4, "name", 0, "label", 32, "lines", 64);
    assertLayout(GpioStructs.LINE_VALUES, 16, 8, "bits", 0, "mask", 8);
    assertLayout(GpioStructs.LINE_ATTRIBUTE, 16, 8, "id", 0, "value", 8);
    assertLayout(GpioStructs.CONFIG_ATTRIBUTE, 24, 8, "attr", 0, "mask", 16);
    assertLayout(GpioStructs.LINE_CONFIG, 272, 8, "flags", 0, "num_attrs", 8, "attrs", 32);
    assertLayout(GpioStructs.LINE_REQUEST, 592, 8, "offsets", 0, "consumer", 256, "config", 288);
    assertLayout(
        GpioStructs.LINE_REQUEST, 592, 8, "num_lines", 560, "event_buffer_size", 564, "fd", 588);
    assertLayout(GpioStructs.LINE_INFO, 256, 8, "name", 0, "consumer", 32, "offset", 64);
    assertLayout(GpioStructs.LINE_INFO, 256, 8, "num_attrs", 68, "flags", 72, "attrs", 80);
    assertLayout(GpioStructs.LINE_EVENT, 48, 8, "timestamp_ns", 0, "id", 8, "offset", 12);
    assertLayout(GpioStructs.LINE_EVENT, 48, 8, "seqno", 16, "line_seqno", 20);
    assertLayout(GpioStructs.POLL_FD, 8, 4, "fd", 0, "events", 4, "revents", 6);
  }

  @Test
  void requests_have_the_kernels_numbers() {
    assertThat(GpioStructs.GET_CHIP_INFO).isEqualTo(0x8044b401L);
    assertThat(GpioStructs.GET_LINE_INFO).isEqualTo(0xc100b405L);
    assertThat(GpioStructs.GET_LINE).isEqualTo(0xc250b407L);
    assertThat(GpioStructs.GET_LINE_VALUES).isEqualTo(0xc010b40eL);
  }

  private static void assertLayout(
      StructLayout struct, long size, long alignment, Object... namesAndOffsets) {
    assertThat(struct.byteSize()).isEqualTo(size);
    assertThat(struct.byteAlignment()).isEqualTo(alignment);
    for (int i = 0; i < namesAndOffsets.length; i += 2) {
      assertThat(GpioStructs.offset(struct, namesAndOffsets[i].toString()))
          .as("offset of %s", namesAndOffsets[i])
          .isEqualTo(((Number) namesAndOffsets[i + 1]).longValue());
    }
  }
}
