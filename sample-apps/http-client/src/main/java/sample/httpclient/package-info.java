/**
 * A small HTTPS client on {@code java.net.http.HttpClient}. It trusts whom {@code javax.net.ssl.trustStore} names.
 *
 * <p>It uses the JDK only.
 */
package sample.httpclient;
