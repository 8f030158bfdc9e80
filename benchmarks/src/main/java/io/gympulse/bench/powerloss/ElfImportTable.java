package io.gympulse.bench.powerloss;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The table of imported functions of a loaded library, read from the relocations of its 64-bit
/// ELF file (System V ABI, chapters 4 and 5).
///
/// @param base the address at which the library is loaded
record ElfImportTable(Path file, long base) {
  private static final int RELOCATIONS = 4;
  private static final int SECTION_BYTES = 64;
  private static final int SYMBOL_BYTES = 24;
  private static final int RELOCATION_BYTES = 24;

  private record Section(int type, int link, long offset, long size) {}

  /// The addresses of the table's entries for a function; empty if the library does not import
  /// it.
  List<Long> slots(String function) throws IOException {
    ByteBuffer elf = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    List<Section> sections = sections(elf);
    List<Long> slots = new ArrayList<>();
    for (Section section : sections) {
      if (section.type() != RELOCATIONS) {
        continue;
      }
      Section symbols = sections.get(section.link());
      Section names = sections.get(symbols.link());
      for (long at = 0; at < section.size(); at += RELOCATION_BYTES) {
        int relocation = (int) (section.offset() + at);
        long symbol = elf.getLong(relocation + 8) >>> 32;
        int name = elf.getInt((int) (symbols.offset() + symbol * SYMBOL_BYTES));
        if (symbol != 0 && text(elf, (int) names.offset() + name).equals(function)) {
          slots.add(base + elf.getLong(relocation));
        }
      }
    }
    return slots;
  }

  private static List<Section> sections(ByteBuffer elf) {
    int first = (int) elf.getLong(40);
    int count = Short.toUnsignedInt(elf.getShort(60));
    List<Section> sections = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int at = first + i * SECTION_BYTES;
      sections.add(
          new Section(
              elf.getInt(at + 4), elf.getInt(at + 40), elf.getLong(at + 24), elf.getLong(at + 32)));
    }
    return sections;
  }

  private static String text(ByteBuffer elf, int from) {
    int to = from;
    while (elf.get(to) != 0) {
      to++;
    }
    byte[] bytes = new byte[to - from];
    elf.get(from, bytes);
    return new String(bytes, StandardCharsets.US_ASCII);
  }
}
