package io.gympulse.cloud.aws.ses;

import io.gympulse.cloud.core.alert.Mail;
import io.gympulse.cloud.core.alert.Mailer;
import io.gympulse.cloud.core.alert.Outcome;
import java.util.List;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.BadRequestException;
import software.amazon.awssdk.services.sesv2.model.EmailContent;
import software.amazon.awssdk.services.sesv2.model.MessageHeader;
import software.amazon.awssdk.services.sesv2.model.MessageRejectedException;

/// Mail by Amazon SES. SES knows no idempotency: a mail repeats if the process dies between SES's
/// taking it and the note of that.
public final class SesMailer implements Mailer {
  private final SesV2Client client;
  private final String from;

  /// @param client without retries of its own after a lost answer, which could double a mail
  /// @param from a sender that SES has verified
  public SesMailer(SesV2Client client, String from) {
    this.client = client;
    this.from = from;
  }

  @Override
  public Outcome send(Mail mail) {
    try {
      var _ =
          client.sendEmail(
              it ->
                  it.fromEmailAddress(from)
                      .destination(to -> to.toAddresses(mail.to()))
                      .content(content(mail)));
      return new Outcome.Delivered();
    } catch (MessageRejectedException | BadRequestException e) {
      return new Outcome.Gone("SES refused it: " + e.getClass().getSimpleName());
    } catch (AwsServiceException e) {
      return new Outcome.Retry("SES answered %d".formatted(e.statusCode()));
    } catch (SdkException e) {
      return new Outcome.Retry("no answer from SES: " + e.getClass().getSimpleName());
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
