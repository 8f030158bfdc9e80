package io.gympulse.edge.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Wear of the disk that holds the data folder, as far as the kernel knows it: eMMC reports it by
/// JEDEC's registers `DEVICE_LIFE_TIME_EST` and `PRE_EOL_INFO`; SD cards seldom do.
///
/// @param folder the data folder, which need not exist
/// @param devices where the kernel lists block devices by number, `/sys/dev/block`
record CardCheck(Path folder, Path devices) implements Check {
  private static final Pattern SPACES = Pattern.compile("\\s+");
  private static final int HEXADECIMAL = 16;
  private static final int WORN = 8;
  private static final int WORN_OUT = 11;
  private static final int RESERVE_LOW = 2;
  private static final int RESERVE_GONE = 3;
  private static final int WRITTEN_SECTORS = 6;
  private static final double SECTORS_PER_GIGABYTE = 2 * (1 << 20);

  @Override
  public String name() {
    return "card";
  }

  @Override
  public Finding run() throws IOException {
    Optional<Path> device = device();
    return device.isPresent()
        ? finding(device.get())
        : Finding.skipped("unknown: no block device holds %s".formatted(folder));
  }

  private Optional<Path> device() throws IOException {
    if (!Files.isDirectory(devices)) {
      return Optional.empty();
    }
    long number = (Long) Files.getAttribute(DataFolderCheck.existing(folder), "unix:dev");
    // As glibc composes it.
    long major = ((number >>> 8) & 0xfff) | ((number >>> 32) & ~0xfffL);
    long minor = (number & 0xff) | ((number >>> 12) & ~0xffL);
    Path link = devices.resolve(major + ":" + minor);
    if (!Files.exists(link)) {
      return Optional.empty();
    }
    Path device = link.toRealPath();
    Path whole = device.getParent();
    return Optional.of(Files.exists(device.resolve("partition")) && whole != null ? whole : device);
  }

  /// @param device its folder below `/sys`
  static Finding finding(Path device) throws IOException {
    String seen = device.getFileName() + written(device);
    Optional<String> life = line(device.resolve("device/life_time"));
    int reserve = line(device.resolve("device/pre_eol_info")).map(CardCheck::number).orElse(0);
    if (life.isEmpty()) {
      return Finding.skipped("unknown: %s does not report its wear".formatted(seen));
    }
    int used = words(life.get()).stream().mapToInt(CardCheck::number).max().orElse(0);
    if (used == 0) {
      return Finding.skipped("unknown: %s does not report its wear".formatted(seen));
    }
    String worn = "%s, %d %% of its life used at most".formatted(seen, used * 10);
    String remedy = "replace it before it turns read-only: copy it to a new one";
    if (used >= WORN_OUT || reserve >= RESERVE_GONE) {
      return Finding.failed("%s: worn out".formatted(seen), remedy);
    }
    return used >= WORN || reserve == RESERVE_LOW
        ? Finding.warning(worn, remedy)
        : Finding.ok(worn);
  }

  private static String written(Path device) throws IOException {
    List<String> fields = words(line(device.resolve("stat")).orElse(""));
    return fields.size() > WRITTEN_SECTORS
        ? String.format(
            Locale.ROOT,
            " (%.1f GB written since the boot)",
            Long.parseLong(fields.get(WRITTEN_SECTORS)) / SECTORS_PER_GIGABYTE)
        : "";
  }

  private static List<String> words(String line) {
    return SPACES.splitAsStream(line).toList();
  }

  private static Optional<String> line(Path file) throws IOException {
    return Files.isReadable(file) ? Optional.of(Files.readString(file).strip()) : Optional.empty();
  }

  private static int number(String text) {
    return Integer.parseInt(text.replaceFirst("^0x", ""), HEXADECIMAL);
  }
}
