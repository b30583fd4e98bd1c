package org.almosttls.config;

import java.util.List;
import javax.security.auth.x500.X500Principal;

/**
 * Which certificate is wanted of this end.
 *
 * @param keyTypes the platform's words ("RSA", "EC", "EdDSA"), in order of preference
 * @param issuers the CAs the peer named; empty for any
 */
public record CredentialRequest(List<String> keyTypes, List<X500Principal> issuers, HandshakeFacts facts) {}
