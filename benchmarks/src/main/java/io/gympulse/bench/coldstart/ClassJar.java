package io.gympulse.bench.coldstart;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/// Writes classes of the benchmark into a jar, as an AOT cache contains classes of jars only.
final class ClassJar {
  private ClassJar() {}

  static void write(Path jar, List<Class<?>> classes) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream entries = new JarOutputStream(file)) {
      for (Class<?> type : classes) {
        String name = type.getName().replace('.', '/') + ".class";
        entries.putNextEntry(new JarEntry(name));
        try (InputStream bytes = type.getClassLoader().getResourceAsStream(name)) {
          if (bytes == null) {
            throw new FileNotFoundException(name);
          }
          bytes.transferTo(entries);
        }
        entries.closeEntry();
      }
    }
  }
}
