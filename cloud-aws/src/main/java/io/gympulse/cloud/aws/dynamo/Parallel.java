package io.gympulse.cloud.aws.dynamo;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// Does independent calls at once, a few at a time: each waits for the network most of the time.
final class Parallel implements AutoCloseable {
  private static final int AT_ONCE = 16;

  private final ExecutorService threads =
      Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().name("dynamo-", 0).factory());

  /// All of them are done, or at least one failed, when it returns or throws.
  <T> void forEach(Collection<T> inputs, Consumer<T> call) {
    if (inputs.size() <= 1) {
      inputs.forEach(call);
      return;
    }
    List<? extends Future<?>> running =
        inputs.stream().map(it -> threads.submit(() -> call.accept(it))).toList();
    running.forEach(Parallel::await);
  }

  private static void await(Future<?> running) {
    try {
      running.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while writing", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    threads.close();
  }
}
