package io.coxswain.apiserver;

import io.coxswain.base.tls.TlsIdentity;

/// How extension servers know this server: by whom its clients are certified, and by whom it is
/// itself when it passes their requests on.
///
/// @param clientAuthorities of clients, as PEM
/// @param authority of [#identity], as PEM
/// @param identity what this server shows to extension servers
public record FrontProxy(String clientAuthorities, String authority, TlsIdentity identity) {}
