package io.gympulse.local.mail;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gympulse.cloud.core.notification.DeliveryOutcome;
import io.gympulse.cloud.core.notification.Mailer;
import io.gympulse.process.DurableFile;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MailDateFormat;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Date;
import java.util.HexFormat;
import java.util.Properties;
import java.util.TimeZone;

/// Writes mail to a folder instead of sending it: `<delivery id>.eml`, which mail programs open.
/// Files are written atomically and durably; a repeat overwrites the file, so there are no
/// duplicates. Thread-safe.
public final class FolderMailer implements Mailer {
  private final Session session = Session.getInstance(new Properties());
  private final Path folder;
  private final String from;
  private final InstantSource clock;

  /// @param folder created with the first mail
  /// @param from the sender's address, with or without a display name
  public FolderMailer(Path folder, String from, InstantSource clock) {
    this.folder = folder;
    this.from = from;
    this.clock = clock;
  }

  @Override
  public DeliveryOutcome send(Mail mail) {
    String name = fileName(mail.deliveryId());
    try {
      ByteArrayOutputStream text = new ByteArrayOutputStream();
      message(mail, name).writeTo(text);
      DurableFile.makeFolders(folder);
      DurableFile.write(folder.resolve(name + ".eml"), text.toByteArray());
      return new DeliveryOutcome.Delivered();
    } catch (AddressException _) {
      return new DeliveryOutcome.Gone("the address is not valid");
    } catch (MessagingException e) {
      throw new IllegalStateException("a mail in memory cannot be written", e);
    } catch (IOException e) {
      return new DeliveryOutcome.Retry("the mail folder cannot be written: " + e.getMessage());
    }
  }

  /// A mail in UTF-8 whose body has lines ended by CR LF (RFC 5322).
  ///
  /// @param name names the message: letters, digits and `._-`
  private MimeMessage message(Mail mail, String name) throws MessagingException {
    MailDateFormat utc = new MailDateFormat();
    utc.setTimeZone(TimeZone.getTimeZone("UTC"));
    MimeMessage message =
        new MimeMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<%s@gympulse.local>".formatted(name));
          }
        };
    message.setFrom(new InternetAddress(from));
    message.setRecipient(RecipientType.TO, new InternetAddress(mail.to()));
    message.setSubject(mail.subject(), UTF_8.name());
    message.setHeader("Date", utc.format(Date.from(clock.instant())));
    message.setHeader("X-GymPulse-Delivery", mail.deliveryId());
    message.setText(mail.body().replace("\r\n", "\n").replace("\n", "\r\n"), UTF_8.name());
    message.saveChanges();
    return message;
  }

  /// Different ids have different names, all within the folder: a character that is no letter,
  /// digit or hyphen becomes `_` and its code.
  private static String fileName(String deliveryId) {
    StringBuilder name = new StringBuilder();
    for (byte it : deliveryId.getBytes(UTF_8)) {
      boolean plain = (it >= 'a' && it <= 'z') || (it >= '0' && it <= '9') || it == '-';
      if (plain || (it == '.' && !name.isEmpty())) {
        name.append((char) it);
      } else {
        name.append('_').append(HexFormat.of().toHexDigits(it));
      }
    }
    return name.toString();
  }
}
