package io.gympulse.cloud.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gympulse.cloud.core.alert.Mail;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;

/// A mail as text (RFC 5322): UTF-8, lines ended by CR LF, body in base64 so that no line is too
/// long or mistaken for a header.
final class MailText {
  private static final int ENCODED_WORD_BYTES = 42;

  private MailText() {}

  /// @param name names the message: letters, digits and `._-`
  static String of(Mail mail, String from, String name, Instant at) {
    String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atOffset(ZoneOffset.UTC));
    String body = mail.body().replace("\r\n", "\n").replace("\n", "\r\n");
    return String.join(
            "\r\n",
            "Date: " + date,
            "From: " + from,
            "To: " + mail.to(),
            "Subject: " + words(mail.subject()),
            "Message-ID: <%s@gympulse.local>".formatted(name),
            "X-GymPulse-Delivery: " + mail.deliveryId(),
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=UTF-8",
            "Content-Transfer-Encoding: base64",
            "",
            Base64.getMimeEncoder().encodeToString(body.getBytes(UTF_8)))
        + "\r\n";
  }

  /// Plain if it can be, else encoded words (RFC 2047), none of which splits a character.
  private static String words(String subject) {
    if (subject.length() <= 70 && subject.chars().allMatch(it -> it >= ' ' && it < 0x7f)) {
      return subject;
    }
    StringBuilder words = new StringBuilder();
    StringBuilder word = new StringBuilder();
    for (int character : subject.codePoints().toArray()) {
      String next = Character.toString(character);
      if ((word + next).getBytes(UTF_8).length > ENCODED_WORD_BYTES) {
        words.append(encoded(word)).append("\r\n ");
        word.setLength(0);
      }
      word.append(next);
    }
    return words.append(encoded(word)).toString();
  }

  private static String encoded(StringBuilder word) {
    String base64 = Base64.getEncoder().encodeToString(word.toString().getBytes(UTF_8));
    return "=?UTF-8?B?%s?=".formatted(base64);
  }
}
