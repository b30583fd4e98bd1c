package org.almosttls.jsse;

import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** Who one is, and who may be whom. */
record Identities(X509ExtendedKeyManager keys, X509ExtendedTrustManager trust) {}
