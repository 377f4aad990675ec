/// Key services for encryption at rest: KMS v2 over gRPC on a Unix socket.
@NullMarked
package io.coxswain.cluster.kms;

import org.jspecify.annotations.NullMarked;
