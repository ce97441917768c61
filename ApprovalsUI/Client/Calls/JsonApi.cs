using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Contracts;

namespace ApprovalsUI.Client.Calls;

/// <summary>Calls a service as the signed-in person and turns every way it can end into an <see cref="ApiResult{T}"/>.</summary>
internal sealed class JsonApi(HttpClient http, PersonSession person, TimeProvider clock)
{
    private static readonly TimeSpan[] PausesBeforeRetry = [TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(1)];

    internal Task<ApiResult<T>> GetAsync<T>(string path, CancellationToken cancel) =>
        SendAsync<T>(() => new(HttpMethod.Get, path), anonymous: false, cancel);

    internal Task<ApiResult<T>> GetAnonymouslyAsync<T>(string path, CancellationToken cancel) =>
        SendAsync<T>(() => new(HttpMethod.Get, path), anonymous: true, cancel);

    internal Task<ApiResult<T>> PostAnonymouslyAsync<T>(string path, object body, CancellationToken cancel) =>
        SendAsync<T>(() => Post(path, body), anonymous: true, cancel);

    /// <summary>For a token that nobody is signed in with yet.</summary>
    internal Task<ApiResult<T>> PostWithAsync<T>(string token, string path, CancellationToken cancel) =>
        SendAsync<T>(() => new(HttpMethod.Post, path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } }, anonymous: true, cancel);

    internal Task<ApiResult<T>> PostAsync<T>(string path, object body, CancellationToken cancel) =>
        SendAsync<T>(() => Post(path, body), anonymous: false, cancel);

    internal Task<ApiResult<T>> PutAsync<T>(string path, object body, CancellationToken cancel) =>
        SendAsync<T>(() => With(HttpMethod.Put, path, body), anonymous: false, cancel);

    internal Task<ApiResult<object>> DeleteAsync(string path, CancellationToken cancel) =>
        SendAsync<object>(() => new(HttpMethod.Delete, path), anonymous: false, cancel);

    /// <summary>For what is answered by a status alone.</summary>
    internal async Task<bool> PostEmptyAsync(string path, CancellationToken cancel) =>
        await SendAsync<object>(() => new(HttpMethod.Post, path), anonymous: false, cancel) is ApiResult<object>.Ok;

    /// <summary>As a file; whoever asked closes it.</summary>
    internal Task<ApiResult<Stream>> GetFileAsync(string path, CancellationToken cancel) =>
        CallAsync(() => new(HttpMethod.Get, path), anonymous: false, HttpCompletionOption.ResponseHeadersRead, TakeAsync, cancel);

    /// <summary>For what is too long to be held at once; whoever asked closes it. Silence in the middle of it is the reader's to meet.</summary>
    internal Task<ApiResult<Stream>> PostForFileAsync(string path, object body, CancellationToken cancel) =>
        CallAsync(() => Post(path, body), anonymous: false, HttpCompletionOption.ResponseHeadersRead, TakeAsync, cancel);

    /// <summary>For bodies with an operation id: sent again after silence, at most twice, they count once.</summary>
    internal async Task<ApiResult<T>> PostOperationAsync<T>(string path, object body, CancellationToken cancel)
    {
        foreach (var pause in PausesBeforeRetry)
        {
            var answer = await PostAsync<T>(path, body, cancel);
            if (answer is not ApiResult<T>.Unreachable)
            {
                return answer;
            }

            await Task.Delay(pause, clock, cancel);
        }

        return await PostAsync<T>(path, body, cancel);
    }

    private static HttpRequestMessage Post(string path, object body) => With(HttpMethod.Post, path, body);

    private static HttpRequestMessage With(HttpMethod method, string path, object body) =>
        new(method, path) { Content = JsonContent.Create(body, body.GetType(), options: JsonWire.Options) };

    private Task<ApiResult<T>> SendAsync<T>(Func<HttpRequestMessage> create, bool anonymous, CancellationToken cancel) =>
        CallAsync(create, anonymous, HttpCompletionOption.ResponseContentRead, (response, stop) => ReadAsync<T>(response, anonymous, stop), cancel);

    private async Task<ApiResult<T>> CallAsync<T>(
        Func<HttpRequestMessage> create, bool anonymous, HttpCompletionOption until, Func<HttpResponseMessage, CancellationToken, Task<ApiResult<T>>> read, CancellationToken cancel)
    {
        try
        {
            using var request = create();
            if (!anonymous && await person.AccessTokenAsync() is { } token)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            }

            return await read(await http.SendAsync(request, until, cancel), cancel);
        }
        catch (HttpRequestException)
        {
            return new ApiResult<T>.Unreachable();
        }
        catch (JsonException)
        {
            return new ApiResult<T>.Unreachable();
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            // The client's own time limit.
            return new ApiResult<T>.Unreachable();
        }
    }

    /// <summary>The response stays open as long as its stream.</summary>
    private async Task<ApiResult<Stream>> TakeAsync(HttpResponseMessage response, CancellationToken cancel) => response.IsSuccessStatusCode
        ? new ApiResult<Stream>.Ok(await response.Content.ReadAsStreamAsync(cancel))
        : await ReadAsync<Stream>(response, anonymous: false, cancel);

    private async Task<ApiResult<T>> ReadAsync<T>(HttpResponseMessage answered, bool anonymous, CancellationToken cancel)
    {
        using var response = answered;
        if (response.StatusCode == HttpStatusCode.NoContent && new object() is T nothing)
        {
            return new ApiResult<T>.Ok(nothing);
        }

        if (response.IsSuccessStatusCode)
        {
            return await response.Content.ReadFromJsonAsync<T>(JsonWire.Options, cancel) is { } value
                ? new ApiResult<T>.Ok(value)
                : new ApiResult<T>.Unreachable();
        }

        if (response.StatusCode >= HttpStatusCode.InternalServerError)
        {
            return new ApiResult<T>.Unreachable();
        }

        var problem = ProblemReader.Read((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancel));
        if (response.StatusCode == HttpStatusCode.Unauthorized && !anonymous && !problem.NeedsFreshSignIn)
        {
            person.End();
        }

        return new ApiResult<T>.Refused(problem);
    }
}
