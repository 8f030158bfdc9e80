/// The store in DynamoDB: the tables, one adapter per port, and the one place that calls it.
/// AWS's types stay in here; what a table's stream says is read by [StreamImages].
@NullMarked
package io.gympulse.cloud.aws.dynamo;

import org.jspecify.annotations.NullMarked;
