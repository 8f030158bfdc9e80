package io.gympulse.cloud.core.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.contract.event.MachineStatus;
import io.gympulse.contract.id.MachineId;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BinCodecTest {
  private static final List<MachineStatus> STATUSES =
      List.copyOf(EnumSet.allOf(MachineStatus.class));

  private static final SortedMap<MachineId, MachineBin> SAMPLE =
      new TreeMap<>(
          Map.of(
              new MachineId("downtown-bike-1"),
              new MachineBin(
                  310_000, 42_500, 547_500, 13, MachineStatus.UNKNOWN, MachineStatus.OCCUPIED),
              new MachineId("downtown-bike-2"),
              MachineBin.UNKNOWN,
              new MachineId("downtown-rower-1"),
              new MachineBin(0, 900_000, 0, 0, MachineStatus.FREE, MachineStatus.FREE)));

  @Test
  void an_item_is_written_and_read_as_its_golden_file_says() throws IOException {
    byte[] golden = golden();
    assertThat(HexFormat.of().formatHex(BinCodec.encode(SAMPLE)))
        .isEqualTo(HexFormat.of().formatHex(golden));
    assertThat(BinCodec.decode(golden)).isEqualTo(SAMPLE);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatever_is_written_reads_back(long seed) {
    Random random = new Random(seed);
    SortedMap<MachineId, MachineBin> machines = new TreeMap<>();
    for (int i = random.nextInt(60); i > 0; i--) {
      int occupied = random.nextInt(900_001);
      int free = random.nextInt(900_001 - occupied);
      machines.put(
          new MachineId("m" + "-x".repeat(random.nextInt(20)) + random.nextInt(1_000)),
          new MachineBin(
              occupied,
              free,
              900_000 - occupied - free,
              random.nextInt() >>> 1,
              status(random),
              status(random)));
    }
    assertThat(BinCodec.decode(BinCodec.encode(machines))).isEqualTo(machines);
  }

  @Test
  void forty_machines_of_a_category_fit_one_kilobyte() {
    SortedMap<MachineId, MachineBin> machines = new TreeMap<>();
    for (int i = 0; i < 40; i++) {
      machines.put(
          new MachineId("downtown-treadmill-" + i),
          new MachineBin(450_000, 440_000, 10_000, 9, MachineStatus.FREE, MachineStatus.OCCUPIED));
    }
    assertThat(BinCodec.encode(machines)).hasSizeLessThan(1_024);
  }

  @Test
  void bytes_cut_off_anywhere_or_lengthened_are_refused() throws IOException {
    byte[] golden = golden();
    for (int length = 0; length < golden.length; length++) {
      byte[] cut = Arrays.copyOf(golden, length);
      assertThatThrownBy(() -> BinCodec.decode(cut)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> BinCodec.decode(Arrays.copyOf(golden, golden.length + 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void another_version_is_refused_by_name() throws IOException {
    byte[] later = golden();
    later[0] = 2;
    assertThatThrownBy(() -> BinCodec.decode(later)).hasMessageContaining("version 2");
  }

  private static MachineStatus status(Random random) {
    return STATUSES.get(random.nextInt(3));
  }

  private static byte[] golden() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(BinCodecTest.class.getResourceAsStream("bins-v1.hex"))) {
      String hex = new String(file.readAllBytes(), StandardCharsets.US_ASCII);
      return HexFormat.of().parseHex(hex.strip().replace("\n", ""));
    }
  }
}
