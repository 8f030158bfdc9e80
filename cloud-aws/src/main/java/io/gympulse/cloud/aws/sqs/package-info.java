/// The sending side of an SQS queue; its receiving side is the function behind it.
/// Nothing outside of here knows SQS's types.
@NullMarked
package io.gympulse.cloud.aws.sqs;

import org.jspecify.annotations.NullMarked;
