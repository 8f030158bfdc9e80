package io.gympulse.cloud.api.http;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Error;

/// Answers a [Refusal], wherever it was thrown, with its status and body.
@Controller
final class RefusalAnswer {
  @Error(global = true)
  HttpResponse<ErrorBody> answer(Refusal refusal) {
    return HttpResponse.<ErrorBody>status(refusal.status()).body(refusal.body());
  }
}
