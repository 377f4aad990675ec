/// Objects in protobuf: what Go clients and kubelets speak, and what a cluster keeps in etcd.
///
/// `Envelope` is the outermost form, `k8s\0` and a message that names the kind; `ProtoWriter` and
/// `ProtoReader` turn records into the message inside and back. Which field has which number says
/// `proto-numbers.txt`; a test asserts that every component has one. There is no path for custom
/// kinds, because upstream has none. What cannot be read is a `DecodeError` in Go's words.
@NullMarked
package io.coxswain.api.proto;

import org.jspecify.annotations.NullMarked;
