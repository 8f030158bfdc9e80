/// Raw bodies as objects of an S3 bucket.
/// Nothing outside of here knows S3's types.
@NullMarked
package io.gympulse.cloud.aws.s3;

import org.jspecify.annotations.NullMarked;
