/// The handlers as AWS Lambda functions: each `*Function` is the composition root of one function,
/// which is configured by environment variables.
@NullMarked
package io.gympulse.cloud.lambda;

import org.jspecify.annotations.NullMarked;
