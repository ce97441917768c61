-- wrk -s post.lua URL -- BODIES KEY: posts the lines of a file, one after the other, each time with another word in the place of
-- the marker (Prompts.cs), so that no text is sent twice; BENCH_OUT gets the figures as JSON.
local marker = "qqqqqqqqqq"
local heads, tails, at = {}, {}, 0
local word = {}

function init(args)
  local headers = { ["Content-Type"] = "application/json", ["Authorization"] = "Bearer " .. args[2] }
  for line in io.lines(args[1]) do
    local whole = wrk.format("POST", wrk.path, headers, line)
    local from, to = whole:find(marker, 1, true)
    heads[#heads + 1] = from and whole:sub(1, from - 1) or whole
    tails[#tails + 1] = from and whole:sub(to + 1) or false
  end
  math.randomseed(os.time())
  for i = 1, #marker do word[i] = math.random(97, 122) end
end

-- The next word of the alphabet's, like the digits of a meter.
local function turn()
  for i = 1, #marker do
    word[i] = word[i] < 122 and word[i] + 1 or 97
    if word[i] ~= 97 then break end
  end
  return string.char(unpack(word))
end

function request()
  at = at % #heads + 1
  return tails[at] and heads[at] .. turn() .. tails[at] or heads[at]
end

function done(summary, latency, rates)
  local out = io.open(os.getenv("BENCH_OUT"), "w")
  local e = summary.errors
  out:write(string.format(
    '{"requests":%d,"seconds":%.6f,"failed":%d,"refused":%d,"p50":%.3f,"p90":%.3f,"p99":%.3f,"p999":%.3f}',
    summary.requests, summary.duration / 1e6, e.connect + e.read + e.write + e.timeout, e.status,
    latency:percentile(50) / 1e3, latency:percentile(90) / 1e3, latency:percentile(99) / 1e3, latency:percentile(99.9) / 1e3))
  out:close()
end
