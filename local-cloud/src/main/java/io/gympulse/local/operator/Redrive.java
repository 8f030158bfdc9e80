package io.gympulse.local.operator;

import com.fasterxml.jackson.databind.JsonNode;
import io.gympulse.cloud.aws.SqsDeadLetterQueue;
import io.gympulse.cloud.core.queue.DeadLetterQueue;
import io.gympulse.cloud.core.queue.DeadLetterQueue.RedriveResult;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import io.gympulse.contract.text.UnicodeText;
import io.gympulse.local.provision.CommandErrors;
import io.gympulse.process.ParentWatch;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Lists dead letters, or moves them back to their queues: those of a running cloud, or of a
/// dead-letter queue on AWS.
@Command(
    name = "redrive",
    mixinStandardHelpOptions = true,
    description = {
      "Moves the running cloud's dead letters back to their queues, each at least once.",
      "A message that fails again is a dead letter again."
    })
public final class Redrive implements Callable<Integer> {
  private static final int MAX_LETTERS = 100;

  /// How much is shown of a letter without a reason.
  private static final int MAX_BODY_CHARS = 120;

  @Mixin private OperatorClient cloud = new OperatorClient();

  @Option(
      names = "--dead-letters-url",
      description = {
        "instead of a running cloud: a dead-letter queue on AWS,"
            + " https://sqs.REGION.amazonaws.com/...;",
        "credentials as the AWS command line finds them"
      })
  private @Nullable URI deadLetters;

  @Option(names = "--list", description = "only list them, the first hundred")
  private boolean list;

  @Spec private CommandSpec spec = CommandSpec.create();

  /// @throws IOException if the cloud or the queue cannot be reached or refuses; the message says
  ///     what to do
  @Override
  public Integer call() throws IOException, InterruptedException {
    @Nullable URI queue = deadLetters;
    if (queue == null) {
      runOnCloud();
    } else {
      try {
        run(SqsDeadLetterQueue.open(queue));
      } catch (StoreUnavailableException e) {
        throw new IOException(
            "%s; give the address of a dead-letter queue with --dead-letters-url, and credentials that may use it"
                .formatted(e.getMessage()),
            e);
      }
    }
    return 0;
  }

  private void runOnCloud() throws IOException, InterruptedException {
    if (list) {
      JsonNode letters = cloud.send("GET", "/dead-letters").body();
      letters.forEach(
          it ->
              print(
                  it.path("at").asText(),
                  it.path("queue").asText(),
                  it.path("receives").asInt(),
                  it.path("reason").asText(),
                  it.path("body").asText()));
      print(letters.size() + " dead letters");
    } else {
      JsonNode moved = cloud.send("POST", "/dead-letters/redrive").body();
      printMoved(moved.path("moved").asLong(), moved.path("left").asLong());
    }
  }

  private void run(DeadLetterQueue queue) throws IOException {
    if (list) {
      var letters = queue.list(MAX_LETTERS);
      letters.forEach(
          it -> print(it.at().toString(), it.queue(), it.receives(), it.reason(), it.body()));
      print(letters.size() + " dead letters");
      return;
    }
    switch (queue.redrive()) {
      case RedriveResult.Moved(long moved, long left) -> printMoved(moved, left);
      case RedriveResult.Started(String task) ->
          print("SQS moves all dead letters back to their queues, by task " + task);
      case RedriveResult.UnderWay _ ->
          throw new IOException("an earlier redrive is still running; try again later");
    }
  }

  private void printMoved(long moved, long left) {
    print("%d dead letters are on their way back to their queues, %d stay".formatted(moved, left));
  }

  private void print(String at, String queue, int receives, String reason, String body) {
    String why = reason.isEmpty() ? UnicodeText.abridged(body, MAX_BODY_CHARS) : reason;
    // Text of devices must not contain terminal escape sequences.
    String shown = why.replaceAll("\\p{Cntrl}", " ");
    print("%s %s after %d tries: %s".formatted(at, queue, receives, shown));
  }

  private void print(String line) {
    spec.commandLine().getOut().println(line);
  }

  public static void main(String[] arguments) {
    ParentWatch.start();
    System.exit(CommandErrors.commandLine(new Redrive()).execute(arguments));
  }
}
