package io.gympulse.bench.dynamo;

import io.gympulse.process.ParentWatch;
import io.gympulse.system.environment.Ports;
import io.gympulse.system.process.Launcher;
import io.gympulse.system.process.ProcessFailedException;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// A process of DynamoDB Local, in memory, on the loopback only. It ends when it is closed and
/// when this process ends.
public final class LocalDynamoDb implements AutoCloseable {
  /// DynamoDB Local has a database for each key and region.
  public static final String KEY = "local";

  public static final String REGION = "us-east-1";

  /// In the test sources, as DynamoDB Local may be used by tests and benchmarks only.
  private static final String MAIN = "io.gympulse.bench.dynamo.LoopbackDynamoDb";

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Process process;
  private final URI endpoint;

  private LocalDynamoDb(Process process, URI endpoint) {
    this.process = process;
    this.endpoint = endpoint;
  }

  /// @param folder takes its log
  /// @throws ProcessFailedException if it does not listen in time
  public static LocalDynamoDb start(Path folder) throws IOException {
    int port = Ports.free();
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx1g",
                "-cp",
                classPath(Launcher.current().home().resolve("benchmarks/target")),
                MAIN,
                Integer.toString(port))
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("dynamodb-local.log").toFile());
    builder.environment().putAll(ParentWatch.variables());
    LocalDynamoDb started =
        new LocalDynamoDb(builder.start(), URI.create("http://127.0.0.1:%d".formatted(port)));
    started.awaitListening(port);
    return started;
  }

  /// The benchmarks' own classes come first for their logging configuration.
  private static String classPath(Path target) throws IOException {
    return String.join(
        File.pathSeparator,
        List.of(
            target.resolve("classes").toString(),
            target.resolve("test-classes").toString(),
            Files.readString(target.resolve("test-classpath")).strip()));
  }

  private void awaitListening(int port) {
    long deadline = System.nanoTime() + TIMEOUT.toNanos();
    while (!listens(port)) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        close();
        throw new ProcessFailedException("DynamoDB Local is not listening; see dynamodb-local.log");
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  public URI endpoint() {
    return endpoint;
  }

  /// @param settings interceptors that meter its calls, for example
  public DynamoDbClient client(ClientOverrideConfiguration settings) {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint)
        .region(Region.of(REGION))
        .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY, KEY)))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .overrideConfiguration(settings)
        .build();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
