package io.gympulse.cloud.lambda.telemetry;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMDCAdapter;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/// The slf4j provider for Lambda. Not registered as a service, since other processes that use this
/// jar have their own.
public final class JsonLogging implements SLF4JServiceProvider {
  /// Set by Lambda from the function's logging configuration.
  private static final String LEVEL = "AWS_LAMBDA_LOG_LEVEL";

  private static final String PROVIDER = "slf4j.provider";
  private static final String VERBOSITY = "slf4j.internal.verbosity";

  private final IMarkerFactory markers = new BasicMarkerFactory();
  private final MDCAdapter contexts = new BasicMDCAdapter();
  private final Map<String, JsonLogger> loggers = new ConcurrentHashMap<>();
  private final JsonLogger.Sink sink =
      new JsonLogger.Sink(
          () -> System.out, InstantSource.system(), level(System.getenv().getOrDefault(LEVEL, "")));

  /// Installs this provider, unless the process has configured another or has logged already.
  public static void install() {
    if (System.getProperty(PROVIDER) == null) {
      System.setProperty(PROVIDER, JsonLogging.class.getName());
      System.setProperty(VERBOSITY, "WARN");
    }
  }

  /// Lambda also has FATAL; a name that is not a level of slf4j counts as INFO.
  static Level level(String name) {
    if (name.equals("FATAL")) {
      return Level.ERROR;
    }
    for (Level level : Level.values()) {
      if (level.name().equals(name)) {
        return level;
      }
    }
    return Level.INFO;
  }

  @Override
  public ILoggerFactory getLoggerFactory() {
    return name -> loggers.computeIfAbsent(name, it -> new JsonLogger(it, sink));
  }

  @Override
  public IMarkerFactory getMarkerFactory() {
    return markers;
  }

  @Override
  public MDCAdapter getMDCAdapter() {
    return contexts;
  }

  @Override
  public String getRequestedApiVersion() {
    return "2.0.99";
  }

  @Override
  public void initialize() {}
}
