/// Ports on single AWS services: S3, SQS, SES, the IoT data plane and API Gateway's connections.
/// The SDK's types are used only here and in the packages below.
@NullMarked
package io.gympulse.cloud.aws;

import org.jspecify.annotations.NullMarked;
