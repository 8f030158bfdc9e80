package io.gympulse.cloud.notify.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gympulse.cloud.core.notification.Channel;
import io.gympulse.cloud.core.notification.DeliveryOutcome;
import io.gympulse.cloud.core.notification.Mailer;
import io.gympulse.cloud.core.notification.Mailer.Mail;
import io.gympulse.cloud.notify.Notification.Recipient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailTest {
  private static final String FROM = "GymPulse <no-reply@gympulse.local>";
  private static final Channel.Email TO = new Channel.Email("anna@example.com");

  private Instant now = Samples.NOON;

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

  @Test
  void the_folder_contains_a_whole_mail_under_its_delivery_id(@TempDir Path folder)
      throws IOException {
    Mailer mailer = mailer(folder);
    Mail mail = new Mail("a1@1777636800000.0", "anna@example.com", "Fahrräder frei 🚲", "Grüße\n");
    assertThat(mailer.send(mail)).isEqualTo(new DeliveryOutcome.Delivered());
    String text = Files.readString(folder.resolve("out/a1_401777636800000.0.eml"), UTF_8);
    String[] parts = text.split("\r\n\r\n", 2);
    assertThat(parts[0].split("\r\n", -1))
        .containsExactly(
            "Date: Fri, 1 May 2026 12:00:00 GMT",
            "From: " + FROM,
            "To: anna@example.com",
            "Subject: =?UTF-8?B?"
                + Base64.getEncoder().encodeToString("Fahrräder frei 🚲".getBytes(UTF_8))
                + "?=",
            "Message-ID: <a1_401777636800000.0@gympulse.local>",
            "X-GymPulse-Delivery: a1@1777636800000.0",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=UTF-8",
            "Content-Transfer-Encoding: base64");
    assertThat(new String(Base64.getMimeDecoder().decode(parts[1]), UTF_8)).isEqualTo("Grüße\r\n");
  }

  @Test
  void a_repeat_overwrites_the_mail(@TempDir Path folder) throws IOException {
    Mailer mailer = mailer(folder);
    Mail mail = new Mail("a1", "anna@example.com", "free", "text");
    mailer.send(mail);
    now = now.plusSeconds(60);
    mailer.send(mail);
    try (Stream<Path> files = Files.list(folder.resolve("out"))) {
      assertThat(files.map(it -> it.getFileName().toString())).containsExactly("a1.eml");
    }
  }

  @Test
  void no_delivery_id_leads_out_of_the_folder_or_onto_another(@TempDir Path folder)
      throws IOException {
    Mailer mailer = mailer(folder);
    List<String> ids = List.of("../x", "..", ".", "/etc/x", "A", "a", "_41", "x/y", "x_2fy");
    ids.forEach(it -> mailer.send(new Mail(it, "anna@example.com", "s", "b")));
    try (Stream<Path> files = Files.list(folder.resolve("out"))) {
      assertThat(files).hasSize(ids.size());
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).hasSize(1);
    }
  }

  @Test
  void a_folder_that_cannot_be_written_is_retried(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("out"), "a file in the way");
    assertThat(mailer(folder).send(new Mail("a", "a@example.com", "s", "b")))
        .isInstanceOf(DeliveryOutcome.Retry.class);
  }

  @Test
  void a_long_subject_is_folded_without_splitting_a_character() {
    String subject = "🏋".repeat(40);
    String text = FolderMailer.text(new Mail("a", "a@example.com", subject, ""), FROM, "a", now);
    String header = text.substring(text.indexOf("Subject: ") + 9, text.indexOf("\r\nMessage-ID"));
    StringBuilder decoded = new StringBuilder();
    for (String word : header.split("\r\n ", -1)) {
      assertThat(word).hasSizeLessThanOrEqualTo(75).startsWith("=?UTF-8?B?").endsWith("?=");
      byte[] bytes = Base64.getDecoder().decode(word.substring(10, word.length() - 2));
      decoded.append(new String(bytes, UTF_8));
    }
    assertThat(decoded).hasToString(subject);
  }

  private Mailer mailer(Path folder) {
    return new FolderMailer(folder.resolve("out"), FROM, () -> now);
  }
}
