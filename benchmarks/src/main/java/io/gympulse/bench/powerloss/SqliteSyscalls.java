package io.gympulse.bench.powerloss;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.invoke.MethodType.methodType;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Intercepts the calls by which the SQLite library of this process changes files: they are
/// passed on to the operating system, and a listener is notified of each successful one, in
/// order.
///
/// The entries of the library's table of imported functions are replaced, as debuggers do. That
/// needs Linux and a writable import table; see [#isPossible]. At most one instance may exist at
/// a time; the calls of all threads are serialized.
@SuppressWarnings("restricted")
final class SqliteSyscalls implements AutoCloseable {
  private static final Linker LINKER = Linker.nativeLinker();

  private static final FunctionDescriptor PWRITE =
      FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
  private static final FunctionDescriptor FTRUNCATE =
      FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG);
  private static final FunctionDescriptor FSYNC = FunctionDescriptor.of(JAVA_INT, JAVA_INT);
  private static final FunctionDescriptor UNLINK = FunctionDescriptor.of(JAVA_INT, ADDRESS);

  private final MethodHandle pwrite = real("pwrite64", PWRITE);
  private final MethodHandle ftruncate = real("ftruncate64", FTRUNCATE);
  private final MethodHandle fsync = real("fsync", FSYNC);
  private final MethodHandle fdatasync = real("fdatasync", FSYNC);
  private final MethodHandle unlink = real("unlink", UNLINK);

  private final Listener listener;
  private final Map<MemorySegment, Long> replaced = new LinkedHashMap<>();

  /// Notified of changes; `path` is absolute.
  interface Listener {
    void written(Path path, long offset, byte[] bytes);

    void truncated(Path path, long length);

    /// @param path of a file or folder
    void flushed(Path path);

    void removed(Path path);
  }

  private SqliteSyscalls(Listener listener) {
    this.listener = listener;
  }

  /// Whether calls can be intercepted. The SQLite library must have been loaded.
  static boolean isPossible() {
    try {
      return library().isPresent();
    } catch (IOException e) {
      return false;
    }
  }

  /// Intercepts calls until the returned instance is closed.
  ///
  /// @throws IllegalStateException if the library imports other functions than the supported ones
  static SqliteSyscalls listen(Listener listener) throws IOException {
    ElfImportTable library =
        library()
            .orElseThrow(
                () -> new IllegalStateException("SQLite is not loaded, or this is not Linux"));
    SqliteSyscalls calls = new SqliteSyscalls(listener);
    calls.replace(library, "pwrite64", "written", PWRITE);
    calls.replace(library, "ftruncate64", "truncated", FTRUNCATE);
    calls.replace(library, "unlink", "removed", UNLINK);
    boolean flushes = calls.replaceIfImported(library, "fsync", "flushed", FSYNC);
    flushes |= calls.replaceIfImported(library, "fdatasync", "dataFlushed", FSYNC);
    if (!flushes) {
      calls.close();
      throw new IllegalStateException("SQLite calls no supported flush function");
    }
    return calls;
  }

  private static Optional<ElfImportTable> library() throws IOException {
    Path maps = Path.of("/proc/self/maps");
    if (!Files.exists(maps)) {
      return Optional.empty();
    }
    for (String line : Files.readAllLines(maps)) {
      if (line.contains("libsqlitejdbc.so")) {
        long base = Long.parseUnsignedLong(line.substring(0, line.indexOf('-')), 16);
        return Optional.of(new ElfImportTable(Path.of(line.substring(line.indexOf('/'))), base));
      }
    }
    return Optional.empty();
  }

  private static MethodHandle real(String name, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor);
  }

  private void replace(
      ElfImportTable library, String function, String method, FunctionDescriptor descriptor)
      throws IOException {
    if (!replaceIfImported(library, function, method, descriptor)) {
      close();
      throw new IllegalStateException("SQLite does not call " + function);
    }
  }

  /// The stub is never freed, as a call may be in progress when it is removed.
  private boolean replaceIfImported(
      ElfImportTable library, String function, String method, FunctionDescriptor descriptor)
      throws IOException {
    MemorySegment stub =
        LINKER.upcallStub(method(method, descriptor.toMethodType()), descriptor, Arena.global());
    boolean any = false;
    for (long slot : library.slots(function)) {
      MemorySegment at = MemorySegment.ofAddress(slot).reinterpret(Long.BYTES);
      replaced.put(at, at.get(JAVA_LONG, 0));
      at.set(JAVA_LONG, 0, stub.address());
      any = true;
    }
    return any;
  }

  private MethodHandle method(String name, MethodType type) {
    try {
      return MethodHandles.lookup()
          .findVirtual(
              SqliteSyscalls.class, name, methodType(type.returnType(), type.parameterArray()))
          .bindTo(this);
    } catch (NoSuchMethodException | IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  @SuppressWarnings("UnusedMethod")
  private synchronized long written(int file, MemorySegment bytes, long count, long offset) {
    long done = (long) call(pwrite, file, bytes, count, offset);
    if (done > 0) {
      listener.written(path(file), offset, bytes.reinterpret(done).toArray(JAVA_BYTE));
    }
    return done;
  }

  @SuppressWarnings("UnusedMethod")
  private synchronized int truncated(int file, long length) {
    int result = (int) call(ftruncate, file, length);
    if (result == 0) {
      listener.truncated(path(file), length);
    }
    return result;
  }

  @SuppressWarnings("UnusedMethod")
  private synchronized int flushed(int file) {
    return flushed(file, fsync);
  }

  @SuppressWarnings("UnusedMethod")
  private synchronized int dataFlushed(int file) {
    return flushed(file, fdatasync);
  }

  private int flushed(int file, MethodHandle call) {
    int result = (int) call(call, file);
    if (result == 0) {
      listener.flushed(path(file));
    }
    return result;
  }

  @SuppressWarnings("UnusedMethod")
  private synchronized int removed(MemorySegment name) {
    Path path = Path.of(name.reinterpret(Long.MAX_VALUE).getString(0)).toAbsolutePath();
    int result = (int) call(unlink, name);
    if (result == 0) {
      listener.removed(path);
    }
    return result;
  }

  private static Path path(int file) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/fd/" + file));
    } catch (IOException e) {
      throw new IllegalStateException("file " + file + " has no name", e);
    }
  }

  private static Object call(MethodHandle function, Object... arguments) {
    try {
      return function.invokeWithArguments(arguments);
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    replaced.forEach((slot, value) -> slot.set(JAVA_LONG, 0, value));
    replaced.clear();
  }
}
