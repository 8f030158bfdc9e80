package io.gympulse.cloud.aws;

import io.gympulse.cloud.core.notification.DeliveryOutcome;
import io.gympulse.cloud.core.notification.Mailer;
import io.gympulse.cloud.core.notification.Mailer.Mail;
import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.BadRequestException;
import software.amazon.awssdk.services.sesv2.model.EmailContent;
import software.amazon.awssdk.services.sesv2.model.MessageHeader;
import software.amazon.awssdk.services.sesv2.model.MessageRejectedException;

/// Sends mail by Amazon SES. SES has no idempotency token: a mail is repeated if the process dies
/// after SES accepted it and before that is stored.
public final class SesMailer implements Mailer {
  private final SesV2Client client;
  private final String from;

  /// @param client without retries: after a lost response they could send a mail twice
  /// @param from a sender that SES has verified
  public SesMailer(SesV2Client client, String from) {
    this.client = client;
    this.from = from;
  }

  @Override
  public DeliveryOutcome send(Mail mail) {
    try {
      var _ =
          client.sendEmail(
              it ->
                  it.fromEmailAddress(from)
                      .destination(to -> to.toAddresses(mail.to()))
                      .content(content(mail)));
      return new DeliveryOutcome.Delivered();
    } catch (MessageRejectedException | BadRequestException e) {
      return new DeliveryOutcome.Gone("SES refused it: " + e.getClass().getSimpleName());
    } catch (AwsServiceException e) {
      return new DeliveryOutcome.Retry("SES responded with %d".formatted(e.statusCode()));
    } catch (SdkException e) {
      return new DeliveryOutcome.Retry("no response from SES: " + e.getClass().getSimpleName());
    }
  }

  private static EmailContent content(Mail mail) {
    MessageHeader delivery =
        MessageHeader.builder().name("X-GymPulse-Delivery").value(mail.deliveryId()).build();
    return EmailContent.builder()
        .simple(
            simple ->
                simple
                    .subject(it -> it.charset("UTF-8").data(mail.subject()))
                    .body(it -> it.text(text -> text.charset("UTF-8").data(mail.body())))
                    .headers(List.of(delivery)))
        .build();
  }
}
