package io.gympulse.local.operator;

import com.fasterxml.jackson.databind.JsonNode;
import io.gympulse.cloud.aws.sqs.SqsDeadLetterQueue;
import io.gympulse.cloud.core.queue.DeadLetterQueue;
import io.gympulse.cloud.core.queue.Redriven;
import io.gympulse.cloud.core.store.StoreUnavailableException;
import io.gympulse.contract.text.UnicodeText;
import io.gympulse.local.provision.Refusals;
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

/// Shows dead letters, or has them moved back to their queues: those of a running cloud, or of a
/// dead-letter queue on AWS.
@Command(
    name = "redrive",
    mixinStandardHelpOptions = true,
    description = {
      "Moves the messages that the running cloud gave up back to their queues, each at least once.",
      "What fails again is given up again."
    })
public final class Redrive implements Callable<Integer> {
  private static final int MAX_LETTERS = 100;

  /// How much is shown of a letter whose queue does not know why it was given up.
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

  @Option(names = "--list", description = "only show them, the first hundred")
  private boolean list;

  @Spec private CommandSpec spec = CommandSpec.create();

  /// @throws IOException if the cloud or the queue cannot be reached or refuses; the message says
  ///     what to do
  @Override
  public Integer call() throws IOException, InterruptedException {
    @Nullable URI queue = deadLetters;
    if (queue == null) {
      askCloud();
    } else {
      try {
        ask(SqsDeadLetterQueue.open(queue));
      } catch (StoreUnavailableException e) {
        throw new IOException(
            "%s; give the address of a dead-letter queue with --dead-letters-url, and credentials that may use it"
                .formatted(e.getMessage()),
            e);
      }
    }
    return 0;
  }

  private void askCloud() throws IOException, InterruptedException {
    if (list) {
      JsonNode letters = cloud.ask("GET", "/dead-letters").body();
      letters.forEach(
          it ->
              say(
                  it.path("at").asText(),
                  it.path("queue").asText(),
                  it.path("receives").asInt(),
                  it.path("reason").asText(),
                  it.path("body").asText()));
      say(letters.size() + " dead letters");
    } else {
      JsonNode answer = cloud.ask("POST", "/dead-letters/redrive").body();
      sayMoved(answer.path("moved").asLong(), answer.path("left").asLong());
    }
  }

  private void ask(DeadLetterQueue queue) throws IOException {
    if (list) {
      var letters = queue.list(MAX_LETTERS);
      letters.forEach(
          it -> say(it.at().toString(), it.queue(), it.receives(), it.reason(), it.body()));
      say(letters.size() + " dead letters");
      return;
    }
    switch (queue.redrive()) {
      case Redriven.Moved(long moved, long left) -> sayMoved(moved, left);
      case Redriven.Started(String task) ->
          say("SQS moves all dead letters back to their queues, by task " + task);
      case Redriven.UnderWay _ ->
          throw new IOException("an earlier redrive is not done with yet; try again later");
    }
  }

  private void sayMoved(long moved, long left) {
    say("%d dead letters are on their way back to their queues, %d stay".formatted(moved, left));
  }

  private void say(String at, String queue, int receives, String reason, String body) {
    String why = reason.isEmpty() ? UnicodeText.abridged(body, MAX_BODY_CHARS) : reason;
    // What devices sent is not to steer a terminal.
    String shown = why.replaceAll("\\p{Cntrl}", " ");
    say("%s %s after %d tries: %s".formatted(at, queue, receives, shown));
  }

  private void say(String line) {
    spec.commandLine().getOut().println(line);
  }

  public static void main(String[] arguments) {
    ParentWatch.start();
    System.exit(Refusals.commandLine(new Redrive()).execute(arguments));
  }
}
