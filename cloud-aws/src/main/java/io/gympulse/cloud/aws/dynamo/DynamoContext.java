package io.gympulse.cloud.aws.dynamo;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/// The dependencies of every adapter in this package.
///
/// @param tables the tables' names
record DynamoContext(DynamoCalls calls, Tables tables, ItemReader reading, Parallel parallel) {
  /// Runs independent calls concurrently, 16 at a time: each mostly waits for the network.
  static final class Parallel implements AutoCloseable {
    private static final int CONCURRENCY = 16;

    private final ExecutorService threads =
        Executors.newFixedThreadPool(CONCURRENCY, Thread.ofVirtual().name("dynamo-", 0).factory());

    /// When it returns, all calls succeeded; when it throws, at least one failed.
    <T> void forEach(Collection<T> inputs, Consumer<T> call) {
      if (inputs.size() <= 1) {
        inputs.forEach(call);
        return;
      }
      List<? extends Future<?>> running =
          inputs.stream().map(it -> threads.submit(() -> call.accept(it))).toList();
      running.forEach(Parallel::await);
    }

    /// The results of all calls, in the order of their inputs.
    <T, R> List<R> map(Collection<T> inputs, Function<T, R> call) {
      return inputs.stream().map(it -> start(() -> call.apply(it))).toList().stream()
          .map(Supplier::get)
          .toList();
    }

    /// Starts a call, which itself starts none.
    ///
    /// @return waits for the call's result, and throws if it failed
    <T> Supplier<T> start(Supplier<T> call) {
      Future<T> running = threads.submit(call::get);
      return () -> await(running);
    }

    private static <T> T await(Future<T> running) {
      try {
        return running.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while waiting for DynamoDB", e);
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
}
