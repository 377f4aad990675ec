/// Encryption at rest: what `--encryption-provider-config` says
/// ([io.coxswain.apiserver.encryption.EncryptionConfiguration]), the ways of sealing a value
/// ([io.coxswain.apiserver.encryption.Sealer]) and which of them a value gets
/// ([io.coxswain.apiserver.encryption.EncryptionAtRest]). Sealed values are those of Kubernetes'
/// own server, byte for byte, so either reads what the other has written.
@NullMarked
package io.coxswain.apiserver.encryption;

import org.jspecify.annotations.NullMarked;
