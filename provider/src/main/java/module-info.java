/** The TLS stack for the JVM that explains itself, as a {@code java.security.Provider}. */
module org.almosttls {
    requires org.bouncycastle.provider;
    requires com.fasterxml.jackson.core;
    requires static org.eclipse.jetty.io;

    exports org.almosttls;
    exports org.almosttls.api;

    provides java.security.Provider with
            org.almosttls.AlmostTlsProvider;
}
