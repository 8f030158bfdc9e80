package io.gympulse.cloud.notify.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.cloud.core.notification.Channel;
import io.gympulse.cloud.core.notification.DeliveryOutcome;
import io.gympulse.cloud.core.notification.Mailer.Mail;
import io.gympulse.cloud.notify.Notification.Recipient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MailTest {
  private static final Channel.Email TO = new Channel.Email("anna@example.com");

  @Test
  void a_mail_has_the_event_in_subject_and_body() {
    List<Mail> sent = new ArrayList<>();
    EmailChannel channel =
        new EmailChannel(
            mail -> {
              sent.add(mail);
              return new DeliveryOutcome.Delivered();
            });
    assertThat(channel.deliver(Samples.free(), TO)).isEqualTo(new DeliveryOutcome.Delivered());
    assertThat(sent)
        .containsExactly(
            new Mail(
                "a1@1777636800000.0",
                "anna@example.com",
                "Bike 1 is free",
                """
                Bike 1 is free.

                Since 2026-05-01T12:00:00Z (UTC). Reference: bike-1@1777636800000
                """));
  }

  @Test
  void a_name_adds_no_header() {
    List<Mail> sent = new ArrayList<>();
    EmailChannel channel =
        new EmailChannel(
            mail -> {
              sent.add(mail);
              return new DeliveryOutcome.Delivered();
            });
    channel.deliver(
        Samples.to(new Recipient.Member(Samples.ANNA), "Bike\r\nBcc: all@example.com"), TO);
    assertThat(sent.getFirst().subject()).isEqualTo("Bike  Bcc: all@example.com is free");
  }

  @Test
  void control_characters_in_headers_are_rejected() {
    for (String bad : List.of("a\r\nBcc: x@example.com", "a\nb", "a\u0000b", "a\u0085b")) {
      assertThatThrownBy(() -> new Mail("id", "a@example.com", bad, ""))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("subject");
      assertThatThrownBy(() -> new Mail("id", bad, "s", ""))
          .isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> new Mail(bad, "a@example.com", "s", ""))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
