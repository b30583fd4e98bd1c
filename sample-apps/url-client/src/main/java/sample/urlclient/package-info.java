/**
 * A small HTTPS client on {@code HttpsURLConnection}. It trusts whom {@code javax.net.ssl.trustStore} names.
 *
 * <p>It uses the JDK only.
 */
package sample.urlclient;
