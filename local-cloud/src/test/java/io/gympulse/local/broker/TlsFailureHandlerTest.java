package io.gympulse.local.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import io.gympulse.local.pki.CertificateAuthority;
import io.gympulse.local.pki.CertificateAuthority.Issued;
import io.netty.handler.codec.DecoderException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class TlsFailureHandlerTest {

  @TempDir Path directory;

  @Test
  void a_failure_is_described_by_its_cause() {
    assertThat(TlsFailureHandler.reason(new ClosedChannelException()))
        .contains("closed the connection");
    assertThat(
            TlsFailureHandler.reason(
                new DecoderException(
                    new SSLHandshakeException("Received fatal alert: unknown_ca"))))
        .startsWith("it does not trust this cloud");
    assertThat(TlsFailureHandler.reason(new SSLHandshakeException("no cipher suites in common")))
        .isEqualTo("SSLHandshakeException: no cipher suites in common");
  }

  @Test
  void a_peer_that_fails_is_logged_with_the_reason() throws Exception {
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    Logger log = (Logger) LoggerFactory.getLogger(Broker.class);
    lines.start();
    log.addAppender(lines);
    try (TestBroker test = new TestBroker(directory)) {
      Issued stranger =
          CertificateAuthority.open(directory.resolve("other"), test.now)
              .forThing("gw-1", test.now);
      Issued expired = test.authority.forThing("gw-1", test.now.minus(Duration.ofDays(4_000)));

      for (Optional<Issued> identity :
          List.of(Optional.<Issued>empty(), Optional.of(stranger), Optional.of(expired))) {
        var client = test.client("gw-1", identity);
        assertThatThrownBy(client::connect).isNotInstanceOf(Mqtt5ConnAckException.class);
      }
      await().until(() -> lines.list.size() >= 3);
    } finally {
      log.detachAppender(lines);
    }
    assertThat(lines.list.stream().map(ILoggingEvent::getFormattedMessage))
        .allSatisfy(
            it -> assertThat(it).startsWith("refused: peer=/127.0.0.1:").contains(": TLS: "))
        .anySatisfy(it -> assertThat(it).contains("it sent no certificate"))
        .anySatisfy(it -> assertThat(it).contains("was not signed by this cloud's authority"))
        .anySatisfy(it -> assertThat(it).contains("its certificate has expired"));
  }
}
