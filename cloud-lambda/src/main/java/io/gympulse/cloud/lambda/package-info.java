/// The handlers as AWS Lambda functions: each class is the composition root of one function.
/// Whatever a function needs to know of its surroundings stands in its environment variables.
@NullMarked
package io.gympulse.cloud.lambda;

import org.jspecify.annotations.NullMarked;
