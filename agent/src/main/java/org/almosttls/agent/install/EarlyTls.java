package org.almosttls.agent.install;

import org.almosttls.agent.report.Told;

/** TLS that was there before the agent: contexts that exist are left alone, and that is said. */
final class EarlyTls {

    /** Of the platform's contexts: the JVM has loaded it if there is one, or was. */
    private static final String CONTEXT = "sun.security.ssl.SSLContextImpl";

    /** The same of what {@code SSLContext.getDefault} returns. */
    private static final String DEFAULT = "sun.security.ssl.SSLContextImpl$DefaultSSLContext";

    private EarlyTls() {}

    static void tellOf(Class<?>[] loaded, Told told) {
        boolean any = false;
        boolean usual = false;
        for (Class<?> type : loaded) {
            if (type.getClassLoader() != null) continue;
            any |= type.getName().equals(CONTEXT);
            usual |= type.getName().equals(DEFAULT);
        }
        if (any)
            told.once("TLS was in use before the agent came: the contexts that there are stay the platform's"
                    + (usual ? ", and so does the default one, which HttpsURLConnection and others have" : ""));
    }
}
